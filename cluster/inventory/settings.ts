// What the inventory can be told by flags and environment. Plain JSON schema: a schema compiler takes 8 MiB of memory.
import { ConfigError, type FlagValue, parseDurationMs, type Setting, settingsOf } from '@yagura/kit/lean';
import type { TObject } from 'typebox';

export const environmentPrefix = 'YAGURA_INVENTORY_';

export interface Settings {
  readonly socket: string;
  readonly state?: string;
  readonly kubeconfig?: string;
  readonly secrets: boolean;
  readonly resendMs: number;
  readonly reportEveryMs: number;
}

const schema = {
  type: 'object',
  required: ['socket', 'secrets', 'resendMs', 'reportEveryMs'],
  properties: {
    socket: { type: 'string', description: "the publisher's socket on this node" },
    state: {
      type: 'string',
      description: 'folder in which it keeps where it stands; without one a restart lists all',
    },
    kubeconfig: { type: 'string', description: 'instead of the service account of the pod' },
    secrets: {
      type: 'boolean',
      default: false,
      description: 'tell names and labels of secrets and config maps, too; needs the right to list them',
    },
    resendMs: { type: 'integer', default: 21_600_000, description: 'after so long all is told anew' },
    reportEveryMs: { type: 'integer', default: 10_000, description: 'how often it reports on itself' },
  },
};
export const SettingsSchema = schema as unknown as TObject;

type Given = Readonly<Record<string, FlagValue | undefined>>;

/** Throws a ConfigError. */
export function readSettings(flags: Given, env: Readonly<Record<string, string | undefined>>): Settings {
  const known = settingsOf(SettingsSchema, environmentPrefix);
  const wrong = Object.keys(flags).find((name) => !known.some(({ flag }) => flag === name));
  if (wrong !== undefined) throw new ConfigError(wrong, `--${wrong}`, 'no such flag; see --help');
  const values = known.flatMap((setting) => {
    const value = settingValue(setting, flags, env);
    return value === undefined ? [] : [[setting.key, value] as const];
  });
  return Object.fromEntries(values) as unknown as Settings;
}

function settingValue(
  setting: Setting,
  flags: Given,
  env: Readonly<Record<string, string | undefined>>,
): unknown {
  const { key, flag, variable, isFlag, required, defaultValue } = setting;
  const given = flags[flag] ?? (env[variable] || undefined);
  const origin = flags[flag] === undefined ? variable : `--${flag}`;
  if (given === undefined) {
    if (required) throw new ConfigError(key, 'not set', `give --${flag} or ${variable}`);
    return defaultValue;
  }
  if (isFlag) {
    if (given === true || given === 'true') return true;
    if (given === false || given === 'false') return false;
    throw new ConfigError(key, origin, 'expected true or false');
  }
  if (typeof given !== 'string') throw new ConfigError(key, origin, 'needs one value');
  if (!key.endsWith('Ms')) return given;
  const quantity = parseDurationMs(given);
  if (quantity === undefined || quantity < 100)
    throw new ConfigError(key, origin, `${JSON.stringify(given)} is no duration such as 10s`);
  return quantity;
}
