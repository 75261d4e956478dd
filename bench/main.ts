// `npm run bench -- NAME… [--json]`: measures, each figure beside its limit in the same run.
import { parseArgs } from 'node:util';
import { benches } from './benches.ts';
import { formatFigure } from './figure.ts';

const usage = (): string =>
  [
    'npm run bench -- NAME… [--json]',
    '',
    ...Object.entries(benches).map(([name, { describe }]) => `  ${name.padEnd(10)} ${describe}`),
    '',
    '  --json     one line of JSON a figure: name, value, unit, reference, ratio',
    '',
  ].join('\n');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));

if (values.help || positionals.length === 0 || unknown.length > 0) {
  const reason = unknown.length > 0 ? `no bench is called ${unknown.join(', ')}\n\n` : '';
  process.stderr.write(reason + usage());
  process.exitCode = values.help ? 0 : 1;
} else
  for (const name of positionals)
    for await (const figure of benches[name]?.run() ?? [])
      process.stdout.write(`${values.json ? JSON.stringify(figure) : formatFigure(figure)}\n`);
