// `yagura sensor …`
import { type AddCommand, examples } from '../command.ts';
import type { SensorOptions } from '../sensor/run-sensor.ts';

const scopeHelp = 'what to watch: containers, node, or cgroup:PREFIX';

export const addSensor: AddCommand = (parent, terminal) => {
  const sensor = parent
    .command('sensor')
    .description('run the eBPF sensor of this machine by itself')
    .addHelpText('after', examples('sudo yagura sensor record --for 30s events.ndjson'));
  sensor
    .command('run')
    .description('hand events to the publisher that listens on a socket, until Ctrl-C')
    .option('--socket <path>', "the publisher's socket; that of the local installation unless told")
    .option('--data <folder>', 'data folder of the local installation')
    .option('--scope <scope>', scopeHelp)
    .addHelpText('after', examples('yagura sensor run', 'yagura sensor run --socket /run/yagura/sensor.sock'))
    .action(async (options: SensorOptions) => {
      const { runSensor } = await import('../sensor/run-sensor.ts');
      terminal.setExitCode(await runSensor(options, terminal));
    });
  sensor
    .command('record')
    .description('write events as JSON lines, for `yagura analyze` and for tests of rules, until Ctrl-C')
    .argument('[file]', 'where to; - is standard output', '-')
    .option('--for <time>', 'stop after this long, such as 30s or 5m')
    .option('--scope <scope>', scopeHelp)
    .addHelpText(
      'after',
      examples('yagura sensor record | yagura analyze -', 'yagura sensor record --for 5m day.ndjson'),
    )
    .action(async (file: string, options: SensorOptions) => {
      const { recordSensor } = await import('../sensor/run-sensor.ts');
      terminal.setExitCode(await recordSensor(file, options, terminal));
    });
};
