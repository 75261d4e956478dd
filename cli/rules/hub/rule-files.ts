// Rule files between this machine and a hub: push, pull, versions, restore, remove.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  deleteRuleFile,
  getRuleFile,
  listRuleFiles,
  listRuleFileVersions,
  putRuleFile,
  restoreRuleFile,
  ruleFileName,
} from '@yagura/contracts';
import { CliError } from '../../errors.ts';
import { plain } from '../../terminal/table.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { type HubRuleOptions, openHub } from './hub-rules.ts';

export interface PushOptions extends HubRuleOptions {
  readonly comment?: string;
  /** True: those beside the file; false: none; undefined: those in the hub stay. */
  readonly tests?: boolean;
  readonly override?: readonly string[];
  readonly ifVersion?: string;
}

const nameOf = (path: string): string => basename(path).replace(/\.ya?ml$/, '');
const isOptional = Symbol('optional');

async function read(path: string, missing?: typeof isOptional): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (missing === isOptional && (cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CliError('FILE_UNREADABLE', `${path}: ${(cause as Error).message}`, { cause });
  }
}

const wholeNumber = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CliError('OPTION_INVALID', `${name} ${JSON.stringify(text)} is no number`, {
    mend: 'Give a version, such as 3; `yagura rules versions` lists them.',
  });
};

/** One after the other; the first that is refused ends it. */
export async function pushRuleFiles(
  paths: readonly string[],
  options: PushOptions,
  terminal: Terminal,
): Promise<void> {
  const files = paths.filter((path) => !/\.test\.ya?ml$/.test(path));
  if (files.length === 0)
    throw new CliError('OPTION_INVALID', 'these are tests only', {
      mend: 'Name the rule files; with --tests the .test.yaml beside each goes with it.',
    });
  const client = await openHub(options, terminal);
  for (const path of files) {
    const name = nameOf(path);
    if (!ruleFileName.test(name))
      throw new CliError('OPTION_INVALID', path, {
        mend: 'A rule file has a name in lower case, such as my-rule.yaml.',
      });
    const tests = await testsFor(path, options, terminal);
    const { comment, override: overrides } = options;
    const ifVersion = wholeNumber('--if-version', options.ifVersion);
    const body = {
      text: (await read(path)) ?? '',
      ...(tests === undefined ? {} : { tests }),
      ...(comment === undefined ? {} : { comment }),
      ...(overrides === undefined ? {} : { overrides: [...overrides] }),
      ...(ifVersion === undefined ? {} : { ifVersion }),
    };
    const saved = await client
      .call(putRuleFile, { params: { name }, body })
      .catch((error: unknown) => Promise.reject(withTests(withOverride(error), options)));
    await terminal.print(
      options.json
        ? `${JSON.stringify(saved)}\n`
        : `${name} is live, version ${saved.version}, ${saved.tests === undefined ? 'without tests' : 'its tests pass'}\n`,
    );
  }
}

async function testsFor(path: string, options: PushOptions, terminal: Terminal): Promise<string | undefined> {
  if (options.tests === false) return '';
  if (!options.tests) return undefined;
  const beside = join(dirname(path), `${nameOf(path)}.test.yaml`);
  const tests = await read(beside, isOptional);
  if (tests === undefined) terminal.note(`there is no ${plain(beside)}; tests in the hub, if any, stay\n`);
  return tests;
}

/** Tests that failed and did not come from here are those in the hub. */
function withTests(error: unknown, { tests }: PushOptions): unknown {
  if (tests !== undefined || !(error instanceof CliError) || !/\btest "/.test(error.message)) return error;
  const mend =
    'These tests are in the hub (`yagura rules pull`). Push the ones that belong to this text with --tests, or drop them with --no-tests.';
  return new CliError(error.code, error.message, { cause: error, mend });
}

/** The hub does not know how this command says that a rule stands in for another. */
function withOverride(error: unknown): unknown {
  const id = error instanceof CliError ? /rule id (\S+) is taken/.exec(error.message)?.[1] : undefined;
  if (id === undefined || !(error instanceof CliError)) return error;
  const mend = `Give the rule another id, or say --override ${plain(id)} to have it stand in for that one.`;
  return new CliError(error.code, error.message, { cause: error, mend });
}

export async function pullRuleFiles(
  options: HubRuleOptions & { readonly to?: string },
  terminal: Terminal,
): Promise<void> {
  const client = await openHub(options, terminal);
  const { items } = await client.call(listRuleFiles);
  if (items.length === 0) terminal.note('the hub keeps no rule files\n');
  const folder = options.to ?? '.';
  await mkdir(folder, { recursive: true });
  for (const { name } of items) {
    // A name that came from elsewhere must not lead out of the folder.
    if (!ruleFileName.test(name)) continue;
    const file = await client.call(getRuleFile, { params: { name } });
    await writeFile(join(folder, `${name}.yaml`), file.text);
    if (file.tests !== undefined) await writeFile(join(folder, `${name}.test.yaml`), file.tests);
    await terminal.print(
      options.json ? `${JSON.stringify(file)}\n` : `${name}.yaml, version ${file.version}\n`,
    );
  }
}

export async function listVersions(name: string, options: HubRuleOptions, terminal: Terminal): Promise<void> {
  const { items } = await (await openHub(options, terminal)).call(listRuleFileVersions, { params: { name } });
  for (const item of items)
    await terminal.print(
      options.json
        ? `${JSON.stringify(item)}\n`
        : `${item.version}  ${item.savedAt.slice(0, 19)}Z  ${plain(item.author)}  ${item.removed ? '(removed) ' : ''}${plain(item.comment)}\n`,
    );
}

export async function restoreVersion(
  { name, version }: { readonly name: string; readonly version: string },
  options: HubRuleOptions & { readonly comment?: string },
  terminal: Terminal,
): Promise<void> {
  const body = {
    version: wholeNumber('the version', version) ?? 0,
    ...(options.comment === undefined ? {} : { comment: options.comment }),
  };
  const saved = await (await openHub(options, terminal)).call(restoreRuleFile, { params: { name }, body });
  await terminal.print(
    options.json ? `${JSON.stringify(saved)}\n` : `${name} is live, version ${saved.version}\n`,
  );
}

export async function removeRuleFile(
  name: string,
  options: HubRuleOptions & { readonly comment?: string },
  terminal: Terminal,
): Promise<void> {
  const query = options.comment === undefined ? {} : { comment: options.comment };
  await (await openHub(options, terminal)).call(deleteRuleFile, { params: { name }, query });
  if (!options.json) await terminal.print(`${name} is removed; \`yagura rules restore\` brings it back\n`);
}
