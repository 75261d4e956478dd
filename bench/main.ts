// `npm run bench -- NAME… [--file LOG] [--events N] [--json]`: measures, each figure beside its limit in the same run.
import { parseArgs } from 'node:util';
import { benches } from './benches.ts';
import { formatFigure } from './figure.ts';

const usage = (): string =>
  [
    'npm run bench -- NAME… [--file LOG] [--events N] [--json]',
    '',
    ...Object.entries(benches).map(([name, { describe }]) => `  ${name.padEnd(10)} ${describe}`),
    '',
    '  --file     measure `audit` with a log of an API server, JSON lines, instead of the mixes',
    '  --events   how many events `memory` goes through',
    '  --json     one line of JSON a figure: name, value, unit, reference, ratio',
    '',
  ].join('\n');

// Who reads only the first figures closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    file: { type: 'string' },
    events: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const options = {
  ...(values.file === undefined ? {} : { file: values.file }),
  ...(values.events === undefined ? {} : { events: Number(values.events) }),
};
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));

if (values.help || positionals.length === 0 || unknown.length > 0) {
  const reason = unknown.length > 0 ? `no bench is called ${unknown.join(', ')}\n\n` : '';
  process.stderr.write(reason + usage());
  process.exitCode = values.help ? 0 : 1;
} else
  for (const name of positionals)
    for await (const figure of benches[name]?.run(options) ?? [])
      process.stdout.write(`${values.json ? JSON.stringify(figure) : formatFigure(figure)}\n`);
