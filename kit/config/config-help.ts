// The settings of a program as the text that `--help` prints.
import type { TObject } from 'typebox';
import { type Setting, settingsOf } from './setting.ts';

function lineOf(setting: Setting, width: number): string {
  const left = `  --${setting.flag}`.padEnd(width);
  const notes = [
    setting.required ? 'required' : undefined,
    setting.defaultValue === undefined ? undefined : `default ${JSON.stringify(setting.defaultValue)}`,
    setting.variable,
  ].filter((note) => note !== undefined);
  return `${left}  ${setting.description ?? ''} [${notes.join('; ')}]`;
}

/** One line a setting: flag, description, default and environment variable. */
export function configHelp(schema: TObject, prefix: string): string {
  const settings = settingsOf(schema, prefix);
  const width = Math.max(...settings.map((setting) => setting.flag.length)) + 4;
  return settings.map((setting) => lineOf(setting, width)).join('\n');
}
