// docs/reference/config.md: every setting of every program, by flag, variable and file.
import { settingsOf } from '@yagura/kit';
import type { TObject } from 'typebox';
import type { Generator } from '../generator.ts';
import { loadExport } from '../load.ts';
import { code, page, table } from '../markdown.ts';

interface Program {
  readonly name: string;
  readonly file: string;
  readonly schema: string;
  /** A name of an export that holds the prefix, or the prefix. */
  readonly prefix: { readonly text: string } | { readonly exported: string };
}

const programs: readonly Program[] = [
  { name: 'hub', file: 'hub/config.ts', schema: 'HubConfig', prefix: { text: 'YAGURA_' } },
  {
    name: 'publisher',
    file: 'sensor/publisher/settings.ts',
    schema: 'Settings',
    prefix: { exported: 'environmentPrefix' },
  },
  {
    name: 'collector',
    file: 'sensor/collector/settings.ts',
    schema: 'Settings',
    prefix: { exported: 'environmentPrefix' },
  },
  {
    name: 'inventory',
    file: 'cluster/inventory/settings.ts',
    schema: 'SettingsSchema',
    prefix: { exported: 'environmentPrefix' },
  },
];

const prefixOf = async (root: string, { file, prefix }: Program): Promise<string> =>
  'text' in prefix ? prefix.text : String(await loadExport(root, file, prefix.exported));

const section = async (root: string, program: Program): Promise<readonly string[]> => {
  const schema = (await loadExport(root, program.file, program.schema)) as TObject;
  const rows = settingsOf(schema, await prefixOf(root, program)).map((setting) => [
    code(`--${setting.flag}`),
    code(setting.variable),
    setting.required ? 'required' : code(JSON.stringify(setting.defaultValue) ?? ''),
    setting.description ?? '',
  ]);
  return [`## ${program.name}`, table(['flag', 'variable', 'default', 'meaning'], rows)];
};

const generate = async (root: string): Promise<string> =>
  page(
    'Settings',
    'A flag wins over the environment, the environment over the file. `yagura start` sets these for the programs that it starts.',
    ...(await Promise.all(programs.map((program) => section(root, program)))).flat(),
  );

export const config: Generator = { file: 'config.md', generate };
