// Endpoints about rules.
import Type from 'typebox';
import { RuleInfo } from '../alert/rule.ts';
import { endpoint } from './endpoint.ts';

export const listRules = endpoint({
  id: 'listRules',
  method: 'GET',
  path: '/api/v1/rules',
  access: 'rules:read',
  summary: 'All rules that are loaded',
  response: Type.Object({ items: Type.Array(RuleInfo) }),
});

export const getRule = endpoint({
  id: 'getRule',
  method: 'GET',
  path: '/api/v1/rules/{id}',
  access: 'rules:read',
  summary: 'One rule',
  response: RuleInfo,
});
