// Loads what programs show of themselves by path, since nothing imports a program.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const load = async (root: string, file: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(join(root, file)).href);

/** One export that must be there, with a message that says where it went missing. */
export const loadExport = async (root: string, file: string, name: string): Promise<unknown> => {
  const value = (await load(root, file))[name];
  if (value === undefined) throw new Error(`${file} does not export ${name}; mend tools/reference`);
  return value;
};
