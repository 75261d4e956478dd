// Endpoints about rule files that are kept in the hub: every version, who wrote it and why.
import Type, { type Static } from 'typebox';
import { endpoint } from './endpoint.ts';

export const ruleFileLimits = {
  textChars: 512 * 1024,
  files: 500,
  versions: 100,
} as const;

/** Lower case, without an ending. */
export const ruleFileName: RegExp = /^[a-z0-9][a-z0-9._-]{0,99}$/;

const text = Type.String({ minLength: 1, maxLength: ruleFileLimits.textChars });
const comment = Type.Optional(Type.String({ maxLength: 2000 }));
const version = Type.Integer({ minimum: 0 });
const ifVersion = Type.Optional(
  Type.Integer({ minimum: 0, description: 'refuse unless this is the version now; 0: there is none' }),
);
const overrides = Type.Optional(
  Type.Array(Type.String({ maxLength: 200 }), {
    maxItems: 200,
    description: 'ids of other rules that those of this file stand in for',
  }),
);

export const RuleFileVersion = Type.Object({
  name: Type.String(),
  version,
  author: Type.String(),
  savedAt: Type.String(),
  comment: Type.String(),
  sizeBytes: Type.Integer(),
  removed: Type.Boolean({ description: 'with this version the file was removed' }),
});
export type RuleFileVersion = Static<typeof RuleFileVersion>;

export const StoredRuleFile = Type.Object({
  ...RuleFileVersion.properties,
  text: Type.String(),
  tests: Type.Optional(Type.String({ description: 'cases as in a .test.yaml file' })),
  overrides: Type.Array(Type.String()),
});
export type StoredRuleFile = Static<typeof StoredRuleFile>;

export const RuleFileDraft = Type.Object({
  text,
  tests: Type.Optional(
    Type.String({
      maxLength: ruleFileLimits.textChars,
      description: 'left out: those in the hub stay, and are run; empty: none',
    }),
  ),
  overrides,
});
export type RuleFileDraft = Static<typeof RuleFileDraft>;

export const RuleFileProblem = Type.Object({
  file: Type.String(),
  line: Type.Integer(),
  column: Type.Integer(),
  message: Type.String(),
  expected: Type.Optional(Type.String()),
});
export type RuleFileProblem = Static<typeof RuleFileProblem>;

export const RuleFileCheck = Type.Object({
  ok: Type.Boolean({ description: 'it may be saved' }),
  rules: Type.Array(Type.String({ description: 'ids of its rules' })),
  problems: Type.Array(RuleFileProblem),
  notices: Type.Array(
    Type.String({ description: 'no mistakes, and yet worth a look: rules that can never fire' }),
  ),
  tests: Type.Array(
    Type.Object({ name: Type.String(), ok: Type.Boolean(), message: Type.Optional(Type.String()) }),
  ),
});
export type RuleFileCheck = Static<typeof RuleFileCheck>;

const maxBodyBytes = 3 * 1024 * 1024;

export const listRuleFiles = endpoint({
  id: 'listRuleFiles',
  method: 'GET',
  path: '/api/v1/rule-files',
  access: 'rules:read',
  summary: 'Rule files of the hub, without their text',
  response: Type.Object({ items: Type.Array(RuleFileVersion) }),
});

export const getRuleFile = endpoint({
  id: 'getRuleFile',
  method: 'GET',
  path: '/api/v1/rule-files/{name}',
  access: 'rules:read',
  summary: 'One rule file as it is now, or as it was; its version is also the ETag',
  query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }),
  response: StoredRuleFile,
});

export const putRuleFile = endpoint({
  id: 'putRuleFile',
  method: 'PUT',
  path: '/api/v1/rule-files/{name}',
  access: 'rules:write',
  summary: 'Create or replace a rule file; a broken one, or one whose tests fail, is refused',
  maxBodyBytes,
  body: Type.Object({ ...RuleFileDraft.properties, comment, ifVersion }),
  response: StoredRuleFile,
});

export const deleteRuleFile = endpoint({
  id: 'deleteRuleFile',
  method: 'DELETE',
  path: '/api/v1/rule-files/{name}',
  access: 'rules:write',
  summary: 'Remove a rule file; its versions stay, and one can be restored',
  query: Type.Object({ comment, ifVersion }),
});

export const listRuleFileVersions = endpoint({
  id: 'listRuleFileVersions',
  method: 'GET',
  path: '/api/v1/rule-files/{name}/versions',
  access: 'rules:read',
  summary: 'Versions of a rule file, the latest first',
  response: Type.Object({ items: Type.Array(RuleFileVersion) }),
});

export const restoreRuleFile = endpoint({
  id: 'restoreRuleFile',
  method: 'POST',
  path: '/api/v1/rule-files/{name}/restore',
  access: 'rules:write',
  summary: 'Make an earlier version the latest again, as a new one',
  body: Type.Object({ version: Type.Integer({ minimum: 1 }), comment, ifVersion }),
  response: StoredRuleFile,
});

export const checkRuleFile = endpoint({
  id: 'checkRuleFile',
  method: 'POST',
  path: '/api/v1/rule-files/{name}/check',
  access: 'rules:read',
  summary: 'What would come of saving this: problems with line and column, and its tests',
  maxBodyBytes,
  changesNothing: true,
  body: RuleFileDraft,
  response: RuleFileCheck,
});
