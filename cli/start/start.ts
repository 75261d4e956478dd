// Runs the programs of a local installation: in order up, watched while they run, in order down.
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { announcement, type Standing } from './announce.ts';
import { dataFolder } from './data-folder.ts';
import { lockData } from './data-lock.ts';
import { parseListenAddress, requireFree } from './listen-address.ts';
import { LogFile } from './log-file.ts';
import { ManagedProgram, type ProgramSpec, type ProgramState } from './managed-program.ts';
import { prepareData } from './prepare-data.ts';
import { collectorArgs, type HubReady, hubArgs, mains, nodeName, publisherArgs } from './programs.ts';
import type { StartOptions } from './start-options.ts';

const portWaitMs = 5000;
/** How long the announcement waits for the sensor. */
const sensorWaitMs = 15_000;
/** The second crash on end: no need to wait longer before telling. */
const crashLoopMs = 500;
const tokenVariable = 'YAGURA_REGISTRATION_TOKEN';

interface Supervision {
  readonly data: string;
  readonly options: StartOptions;
  readonly terminal: Terminal;
  readonly name: string;
  /** Disposed in reverse: collector, publisher, hub, logs, lock. */
  readonly stack: AsyncDisposableStack;
}

/** Returns when the signal aborts and everything has ended. */
export async function start(options: StartOptions, terminal: Terminal): Promise<number> {
  const data = dataFolder(options.data, terminal);
  const addresses = [
    parseListenAddress(options.api, '--api'),
    parseListenAddress(options.agents, '--agents'),
  ];
  await prepareData(data);
  await using stack = new AsyncDisposableStack();
  stack.use(await lockData(data, terminal.pid));
  for (const address of addresses) await requireFree(address, portWaitMs);
  const supervision = { data, options, terminal, name: nodeName(hostname()), stack };
  if (terminal.isErrorTty) terminal.note('starting the hub …\n');
  const hub = await startHub(supervision);
  if (terminal.signal.aborted) return 0;
  const sensor = options.sensor ? await startSensor(supervision, hub) : 'off';
  if (terminal.signal.aborted) return 0;
  await terminal.print(announcement({ data, hub: hub.ready(), sensor }, terminal));
  await aborted(terminal.signal);
  terminal.note('ending …\n');
  await stack.disposeAsync();
  return 0;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

type Wanted = Pick<ProgramSpec, 'name' | 'main' | 'args' | 'onState'> & {
  readonly env?: () => Record<string, string>;
  readonly mustStart?: boolean;
};

async function startProgram(supervision: Supervision, wanted: Wanted): Promise<ManagedProgram> {
  const { data, options, terminal, stack } = supervision;
  const log = stack.use(await LogFile.open(join(data, 'logs', `${wanted.name}.log`)));
  return stack.use(
    ManagedProgram.start({
      name: wanted.name,
      main: wanted.main,
      args: wanted.args,
      env: () => ({ ...terminal.env, ...wanted.env?.() }),
      nodePath: terminal.nodePath,
      log,
      mustStart: wanted.mustStart ?? false,
      onState: (state) => {
        if (state.state === 'crashed') noteCrash(wanted.name, state, terminal);
        wanted.onState(state);
      },
      ...(options.verbose ? { onOutput: (text) => terminal.note(prefixed(wanted.name, text)) } : {}),
    }),
  );
}

const prefixed = (name: string, text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `[${name}] ${line}\n`)
    .join('');

function noteCrash(
  name: string,
  state: Extract<ProgramState, { state: 'crashed' }>,
  terminal: Terminal,
): void {
  const { reason, retryMs } = state;
  terminal.note(`${name} ended: ${reason.message}; it is started again in ${retryMs / 1000} s\n`);
  if (reason.mend !== undefined) terminal.note(`  ${reason.mend}\n`);
}

/** What the hub said last: a restart makes new tokens. */
interface RunningHub {
  ready(): HubReady;
}

async function startHub(supervision: Supervision): Promise<RunningHub> {
  const { data, options, terminal } = supervision;
  const first = Promise.withResolvers<HubReady>();
  let latest: HubReady | undefined;
  const onState = (state: ProgramState): void => {
    if (state.state === 'failed') {
      const { message, mend } = state.reason;
      first.reject(new CliError('PROGRAM_FAILED', `hub: ${message}`, mend === undefined ? {} : { mend }));
    }
    if (state.state !== 'ready') return;
    latest = state.message as unknown as HubReady;
    first.resolve(latest);
  };
  await startProgram(supervision, {
    name: 'hub',
    main: mains.hub,
    args: () => hubArgs(data, options),
    mustStart: true,
    onState,
  });
  terminal.signal.addEventListener('abort', () => first.resolve(latest ?? nowhere), { once: true });
  const ready = await first.promise;
  return { ready: () => latest ?? ready };
}

/** Stands in for a hub when the user ends everything before it was ready; nothing is done with it. */
const nowhere: HubReady = {
  apiUrl: '',
  agentsUrl: '',
  workspace: '',
  registrationToken: '',
  authorityFile: '',
};

async function startSensor(supervision: Supervision, hub: RunningHub): Promise<Standing['sensor']> {
  const { data, options, name, terminal } = supervision;
  const settled = Promise.withResolvers<Standing['sensor']>();
  const publisherReady = Promise.withResolvers<void>();
  await startProgram(supervision, {
    name: 'publisher',
    main: mains.publisher,
    args: () => publisherArgs(data, hub.ready(), name),
    env: () => ({ [tokenVariable]: hub.ready().registrationToken }),
    onState: (state) => {
      if (state.state === 'ready') publisherReady.resolve();
      if (state.state === 'failed') settled.resolve(state.reason);
    },
  });
  const timer = setTimeout(() => settled.resolve('starting'), sensorWaitMs);
  terminal.signal.addEventListener('abort', () => settled.resolve('starting'), { once: true });
  await Promise.race([publisherReady.promise, settled.promise]);
  if (!terminal.signal.aborted) {
    await startProgram(supervision, {
      name: 'collector',
      main: mains.collector,
      args: () => collectorArgs(data, options, name),
      onState: (state) => {
        if (state.state === 'ready') settled.resolve('running');
        if (state.state === 'crashed' && state.retryMs > crashLoopMs) settled.resolve(state.reason);
        if (state.state === 'failed') settled.resolve(state.reason);
      },
    });
  }
  const sensor = await settled.promise;
  clearTimeout(timer);
  return sensor;
}
