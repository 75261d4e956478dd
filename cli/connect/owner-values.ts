// The owner's values for extensions: from a file, and where the agent's image comes from, theirs come from as well.
import { readFile } from 'node:fs/promises';
import { extensionNames } from '@yagura/contracts';
import { parse } from 'yaml';
import { CliError } from '../errors.ts';
import type { ConnectOptions } from './connect-options.ts';

/** By extension. */
export type OwnerValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

type Options = Pick<ConnectOptions, 'extensions' | 'extensionValues' | 'image'>;

/** `undefined` where no extension may be installed. */
export async function readOwnerValues(options: Options): Promise<OwnerValues | undefined> {
  const { extensions, extensionValues: file, image } = options;
  if (!extensions && file === undefined) return undefined;
  const given = file === undefined ? {} : await readValues(file);
  const beside = image === undefined ? undefined : imageBeside(image);
  const sensor = { ...(beside === undefined ? {} : { image: beside }), ...given['sensor'] };
  return { ...given, sensor };
}

async function readValues(file: string): Promise<OwnerValues> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CliError('FILE_UNREADABLE', `${file}: ${(cause as Error).message}`, { cause });
  });
  const values = parsed(file, text);
  for (const [name, value] of Object.entries(values))
    if (!extensionNames.some((one) => one === name) || !isObject(value))
      throw new CliError('OPTION_INVALID', `${file}: ${name}`, {
        mend: `Write values below the name of their extension: ${extensionNames.join(', ')}.`,
      });
  return values as OwnerValues;
}

function parsed(file: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parse(text) ?? {};
    if (isObject(value)) return value;
  } catch (cause) {
    throw new CliError('OPTION_INVALID', `${file}: ${(cause as Error).message}`, { cause });
  }
  throw new CliError('OPTION_INVALID', `${file} is no YAML object`);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `registry.example/security/yagura-connect:1.2.3`: the other images are beside it, with the same tag. */
function imageBeside(reference: string): { readonly registry: string; readonly tag: string } | undefined {
  const [, registry = '', tag] = /^(?:(.+)\/)?yagura-connect:([\w.-]+)$/.exec(reference) ?? [];
  return tag === undefined ? undefined : { registry, tag };
}
