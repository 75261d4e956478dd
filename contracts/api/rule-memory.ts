// Endpoints that carry what rules remember from one hub to another.
import Type from 'typebox';
import { endpoint } from './endpoint.ts';

/** A line per rule and cluster: `{ rule, cluster, shape, memory, recent }`. As it was saved last, seconds ago at the most. */
export const exportRuleMemory = endpoint({
  id: 'exportRuleMemory',
  method: 'GET',
  path: '/api/v1/detection/state',
  access: 'rules:read',
  summary: 'What thresholds, sequences and novelty rules remember, as NDJSON',
  query: Type.Object({
    rule: Type.Optional(Type.String({ maxLength: 200 })),
    cluster: Type.Optional(Type.String({ maxLength: 253 })),
  }),
  produces: 'application/x-ndjson',
});

/** Lines as `exportRuleMemory` gives them, one request per some of them. */
export const importRuleMemory = endpoint({
  id: 'importRuleMemory',
  method: 'POST',
  path: '/api/v1/detection/state',
  access: 'rules:write',
  summary:
    'Replace what rules remember of the clusters that are named in the body; what does not fit changes nothing',
  consumes: 'application/x-ndjson',
  response: Type.Object({
    parts: Type.Integer(),
    sleeping: Type.Integer({
      description: 'of them, those of rules that this hub does not run: kept for 30 days',
    }),
    refused: Type.Integer({ description: 'lines that are no part, or of which a rule could make nothing' }),
    problems: Type.Array(Type.Object({ line: Type.Integer(), message: Type.String() }), {
      description: 'why, of the first of them',
    }),
  }),
});
