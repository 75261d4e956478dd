// Finds out which hub to ask and with which token: flags before environment before the hub that runs here.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CliError } from '../errors.ts';
import { dataFolder, hubFile } from '../start/data-folder.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { HubOptions } from './hub-options.ts';

export interface HubAddress {
  readonly url: string;
  readonly token: string;
}

interface LocalHub {
  readonly url?: string;
  readonly token?: string;
  readonly caFile?: string;
}

export async function locateHub(options: HubOptions, terminal: Terminal): Promise<HubAddress> {
  const token = await namedToken(options, terminal);
  const url = options.url ?? terminal.env['YAGURA_URL'];
  const file = hubFile(dataFolder(options.data, terminal));
  // A token goes only to the hub that it was named for: one read from here never leaves for another address.
  const local = url === undefined ? await readLocal(file) : {};
  const address = { url: url ?? local.url, token: token ?? local.token };
  if (address.url === undefined) throw new CliError('HUB_UNKNOWN', `no hub runs on this machine (${file})`);
  if (address.token === undefined) throw new CliError('HUB_UNKNOWN', `no token for ${address.url}`);
  if (!URL.canParse(address.url)) throw new CliError('OPTION_INVALID', `${address.url} is not a URL`);
  const authority = options.urlCa ?? terminal.env['YAGURA_URL_CA'] ?? local.caFile;
  if (authority !== undefined) await trustAuthority(authority, terminal);
  return { url: address.url.replace(/\/+$/, ''), token: address.token };
}

async function trustAuthority(file: string, terminal: Terminal): Promise<void> {
  try {
    const authorities = await readFile(file, 'utf8');
    // Node would pass over what is none.
    new X509Certificate(authorities);
    terminal.trust(authorities);
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `${file}: ${(error as Error).message}`, {
      mend: 'It must be a file of certificates in PEM that you may read.',
      cause: error,
    });
  }
}

async function namedToken(options: HubOptions, terminal: Terminal): Promise<string | undefined> {
  if (options.tokenFile === undefined) return terminal.env['YAGURA_TOKEN'] || undefined;
  try {
    return (await readFile(options.tokenFile, 'utf8')).trim();
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', (error as Error).message, { cause: error });
  }
}

async function readLocal(file: string): Promise<LocalHub> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new CliError('FILE_UNREADABLE', (error as Error).message, {
      mend: 'The hub was started by another user: run this command as that user, or use --url and --token-file.',
      cause: error,
    });
  }
  try {
    const { url, token, caFile } = JSON.parse(text) as Record<string, unknown>;
    return {
      ...(typeof url === 'string' ? { url } : {}),
      ...(typeof token === 'string' ? { token } : {}),
      ...(typeof caFile === 'string' ? { caFile } : {}),
    };
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `${file} is not JSON`, {
      mend: 'Start the hub again.',
      cause: error,
    });
  }
}
