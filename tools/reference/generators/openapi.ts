// docs/reference/openapi.json: the document that the hub serves.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Endpoint, endpoints } from '@yagura/contracts';
import type { Generator } from '../generator.ts';
import { loadExport } from '../load.ts';

type CreateOpenApi = (endpoints: readonly Endpoint[], info: { readonly version: string }) => unknown;

const generate = async (root: string): Promise<string> => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const create = (await loadExport(root, 'hub/api/openapi.ts', 'createOpenApi')) as CreateOpenApi;
  return `${JSON.stringify(create(endpoints, { version }), undefined, 2)}\n`;
};

export const openapi: Generator = { file: 'openapi.json', generate };
