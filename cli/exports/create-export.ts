// `yagura exports create`: secrets come from files or the environment, never from the command line, which others see.
import { readFile } from 'node:fs/promises';
import { createDestination, type ExportFilter, type NewDestination } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface CreateOptions extends HubOptions {
  readonly type: string;
  readonly format?: string;
  readonly urlFile?: string;
  readonly signingKeyFile?: string;
  readonly authorizationFile?: string;
  readonly host?: string;
  readonly port?: string;
  readonly protocol?: string;
  readonly caFile?: string;
  readonly minSeverity?: string;
  readonly cluster?: string[];
  readonly namespace?: string[];
  readonly rule?: string[];
  readonly change?: string[];
  readonly countEvery?: string;
  readonly json?: boolean;
}

export async function createExportOf(
  name: string,
  options: CreateOptions,
  terminal: Terminal,
): Promise<void> {
  const { env } = terminal;
  const { type, format, host, protocol } = options;
  const given = {
    ...{ name, type, format, host, protocol },
    url: await secretOf(options.urlFile, env['YAGURA_EXPORT_URL']),
    signingKey: await secretOf(options.signingKeyFile, env['YAGURA_EXPORT_SIGNING_KEY']),
    authorization: await secretOf(options.authorizationFile, env['YAGURA_EXPORT_AUTHORIZATION']),
    port: numberOf('--port', options.port),
    ca: options.caFile === undefined ? undefined : await read(options.caFile),
    filter: filterOf(options),
  };
  // The hub checks each field and says which is off.
  const body = defined(given) as NewDestination;
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const made = await client.call(createDestination, { body });
  await terminal.print(
    options.json ? `${JSON.stringify(made)}\n` : `created ${made.name}: ${made.format} to ${made.target}\n`,
  );
}

function filterOf(options: CreateOptions): ExportFilter {
  const { minSeverity, cluster: clusters, namespace: namespaces, rule: rules, change: changes } = options;
  const countEveryMinutes = numberOf('--count-every', options.countEvery);
  if (countEveryMinutes !== undefined && !changes?.includes('counted'))
    throw new CliError(
      'OPTION_INVALID',
      '--count-every is about the change counted, which is not told unless asked for: add --change counted',
    );
  return defined({ minSeverity, clusters, namespaces, rules, changes, countEveryMinutes }) as ExportFilter;
}

const defined = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `${file}: ${(error as Error).message}`, { cause: error });
  }
}

const secretOf = async (
  file: string | undefined,
  variable: string | undefined,
): Promise<string | undefined> => (file === undefined ? variable : (await read(file)).trim());

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new CliError('OPTION_INVALID', `${option} ${JSON.stringify(text)} is not a positive number`);
  return value;
}
