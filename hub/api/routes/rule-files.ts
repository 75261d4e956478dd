// Rule files of the hub: list, read, check, save, remove, restore.
import {
  checkRuleFile,
  deleteRuleFile,
  getRuleFile,
  listRuleFiles,
  listRuleFileVersions,
  putRuleFile,
  type RuleFileDraft,
  restoreRuleFile,
  ruleFileName,
  type StoredRuleFile,
} from '@yagura/contracts';
import { HubError } from '../../errors.ts';
import * as store from '../../store/rule-files.ts';
import { type Route, route } from '../route.ts';
import type { RuleRouteOptions } from './rules.ts';

interface Save {
  readonly name: string;
  readonly draft: RuleFileDraft;
  readonly author: string;
  readonly comment: string | undefined;
  readonly ifVersion: number | undefined;
}

export const ruleFileRoutes = (options: RuleRouteOptions): readonly Route[] => {
  const { db, ruleBook } = options;
  /** Tests that a draft leaves out are those that are kept: a change of the rule must pass them. */
  const withTests = async (name: string, draft: RuleFileDraft): Promise<RuleFileDraft> => {
    const tests = draft.tests ?? (await store.getRuleFile(db, name))?.tests;
    return tests === undefined ? draft : { ...draft, tests };
  };
  const save = ({ name, draft, author, comment = '', ifVersion }: Save): Promise<StoredRuleFile> =>
    ruleBook.change(async () => {
      const file = await withTests(name, draft);
      await refuseBroken(options, name, file);
      return store.addRuleFileVersion(db, { name, file, author, comment, ifVersion });
    });
  return [
    route(listRuleFiles, async () => ({
      items: (await store.listRuleFiles(db)).map(
        ({ text: _text, tests: _tests, overrides: _ids, ...rest }) => rest,
      ),
    })),
    route(getRuleFile, async ({ params, query, reply }) => {
      const file = found(await store.getRuleFile(db, params.name, query.version));
      if (file.removed && query.version === undefined) throw new HubError('NOT_FOUND', 'rule file');
      reply.headers.set('etag', `"${file.version}"`);
      return file;
    }),
    route(listRuleFileVersions, async ({ params }) => {
      const items = await store.listRuleFileVersions(db, params.name);
      if (items.length === 0) throw new HubError('NOT_FOUND', 'rule file');
      return { items: [...items] };
    }),
    route(checkRuleFile, async ({ params, body }) => {
      const name = checkName(params.name);
      return ruleBook.check(name, await withTests(name, body));
    }),
    route(putRuleFile, async ({ params, body, principal, request }) => {
      const { comment, ifVersion, ...draft } = body;
      const name = checkName(params.name);
      return save({ name, draft, author: principal.name, comment, ifVersion: ifVersion ?? ifMatch(request) });
    }),
    route(restoreRuleFile, async ({ params, body, principal }) => {
      const { name } = params;
      const {
        text,
        tests = '',
        overrides,
        removed,
      } = found(await store.getRuleFile(db, name, body.version), `version ${body.version} of ${name}`);
      if (removed) throw new HubError('CONFLICT', `with version ${body.version} the file was removed`);
      const draft = { text, tests, overrides };
      const comment = body.comment ?? `version ${body.version} again`;
      return save({ name, draft, author: principal.name, comment, ifVersion: body.ifVersion });
    }),
    route(deleteRuleFile, async ({ params, query, principal, request }) => {
      const { name } = params;
      const now = await store.getRuleFile(db, name);
      if (now === undefined || now.removed) throw new HubError('NOT_FOUND', 'rule file');
      const { comment = '', ifVersion = ifMatch(request) } = query;
      await ruleBook.change(async () => {
        const broken = await ruleBook.checkRemoval(name);
        if (broken.length > 0)
          throw new HubError('CONFLICT', `other rule files need ${name}: ${broken.slice(0, 5).join('; ')}`);
        return store.addRuleFileVersion(db, { name, author: principal.name, comment, ifVersion });
      });
      return undefined;
    }),
  ];
};

function found(file: StoredRuleFile | undefined, what = 'rule file'): StoredRuleFile {
  if (file === undefined) throw new HubError('NOT_FOUND', what);
  return file;
}

function checkName(name: string): string {
  if (!ruleFileName.test(name))
    throw new HubError('REQUEST_INVALID', `name: must fit ${ruleFileName.source}`);
  return name;
}

/** `If-Match: "3"`, as HTTP has it. */
function ifMatch(request: Request): number | undefined {
  const header = request.headers.get('if-match');
  const [, version] = /^"(\d{1,9})"$/.exec(header?.trim() ?? '') ?? [];
  if (header !== null && version === undefined)
    throw new HubError('REQUEST_INVALID', 'If-Match: not "<version>"');
  return version === undefined ? undefined : Number(version);
}

async function refuseBroken(
  { ruleBook }: RuleRouteOptions,
  name: string,
  draft: RuleFileDraft,
): Promise<void> {
  const { ok, problems, tests } = await ruleBook.check(name, draft);
  if (ok) return;
  const lines = [
    ...problems.map(
      ({ file, line, column, message, expected }) =>
        `${file}:${line}:${column}: ${message}${expected === undefined ? '' : `; expected ${expected}`}`,
    ),
    ...tests.filter((one) => !one.ok).map((one) => `test "${one.name}": ${one.message ?? 'failed'}`),
  ];
  throw new HubError('RULES_BROKEN', lines.slice(0, 5).join('; ').slice(0, 2_000));
}
