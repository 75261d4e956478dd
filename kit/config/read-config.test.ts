// Settings come from flags, environment and file in this order, and an error names key and origin.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import Type from 'typebox';
import { ConfigError, KitError } from '../errors.ts';
import { configHelp } from './config-help.ts';
import { readConfig } from './read-config.ts';

const schema = Type.Object({
  hub: Type.String({ description: 'address of the hub' }),
  spoolLimitBytes: Type.Integer({ minimum: 1024, default: 4096 }),
  lingerMs: Type.Optional(Type.Integer()),
  rules: Type.Array(Type.String(), { default: [] }),
  quiet: Type.Boolean({ default: false }),
});

function fileWith(text: string, t: { after: (fn: () => void) => void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-config-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'config.yaml');
  writeFileSync(path, text);
  return path;
}

test('flag before environment before file before default; units are understood', (t) => {
  const file = fileWith('hub: from-file\nspoolLimitBytes: 2KiB\nlingerMs: 7\n', t);
  const config = readConfig({
    schema,
    flags: { 'linger-ms': '2s', rules: ['a', 'b'], quiet: true },
    env: { YAGURA_HUB: 'from-env', YAGURA_LINGER_MS: '9', YAGURA_OTHER: 'ignored' },
    prefix: 'YAGURA_',
    file,
  });
  assert.deepEqual(config, {
    hub: 'from-env',
    spoolLimitBytes: 2048,
    lingerMs: 2000,
    rules: ['a', 'b'],
    quiet: true,
  });
});

test('defaults, a single flag as a list, a list from the environment', () => {
  const base = { hub: 'h', spoolLimitBytes: 4096, quiet: false };
  assert.deepEqual(readConfig({ schema, flags: { hub: 'h', rules: 'one' } }), { ...base, rules: ['one'] });
  const fromEnv = readConfig({ schema, env: { Y_HUB: 'h', Y_RULES: 'a,b' }, prefix: 'Y_' });
  assert.deepEqual(fromEnv, { ...base, rules: ['a', 'b'] });
});

test('each error names the key and where its value came from', (t) => {
  const file = fileWith('hubb: typo\n', t);
  const cases: readonly [Parameters<typeof readConfig>[0], string, string, RegExp][] = [
    [{ schema }, 'hub', 'not set', /--hub/],
    [{ schema, file }, 'hubb', file, /no such setting/],
    [{ schema, flags: { hub: 'h', hurry: true } }, 'hurry', '--hurry', /known are --hub/],
    [{ schema, flags: { hub: true } }, 'hub', '--hub', /needs a value/],
    [{ schema, flags: { hub: ['a', 'b'] } }, 'hub', '--hub', /more than once/],
    [
      { schema, env: { Y_HUB: 'h', Y_SPOOL_LIMIT_BYTES: 'lots' }, prefix: 'Y_' },
      'spoolLimitBytes',
      'Y_SPOOL_LIMIT_BYTES',
      /such as 256MiB/,
    ],
    [
      { schema, flags: { hub: 'h', 'spool-limit-bytes': '5' } },
      'spoolLimitBytes',
      '--spool-limit-bytes',
      />= 1024/,
    ],
    [{ schema, flags: { hub: 'h', quiet: 'perhaps' } }, 'quiet', '--quiet', /boolean/],
  ];
  for (const [sources, key, origin, message] of cases) {
    assert.throws(
      () => readConfig(sources),
      (error) =>
        error instanceof ConfigError &&
        error.key === key &&
        error.origin === origin &&
        message.test(error.message),
      `${key} from ${origin}`,
    );
  }
});

test('a file that is missing or no YAML mapping is named', (t) => {
  for (const file of ['/nowhere/config.yaml', fileWith('- a\n- b\n', t), fileWith('a: [', t)])
    assert.throws(
      () => readConfig({ schema, file }),
      (error) =>
        error instanceof KitError && error.code === 'CONFIG_UNREADABLE' && error.message.includes(file),
    );
});

test('help has a line for each setting', () => {
  const help = configHelp(schema, 'YAGURA_').split('\n');
  assert.equal(help.length, 5);
  assert.match(help[0] ?? '', /--hub +address of the hub \[required; YAGURA_HUB\]/);
  assert.match(help[1] ?? '', /--spool-limit-bytes.*default 4096/);
});
