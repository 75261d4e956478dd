// What a command may know of the process that it runs in, and how it speaks to its user.

export interface Terminal {
  /** Standard input, for `-`. */
  readonly input: AsyncIterable<Uint8Array>;
  readonly isOutputTty: boolean;
  readonly isErrorTty: boolean;
  /** Whether the user wants colours on that stream: a terminal, and no NO_COLOR. */
  readonly hasOutputColours: boolean;
  readonly hasErrorColours: boolean;
  /** Of the output; endless where that is no terminal, so that nothing is cut there. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  readonly homeFolder: string;
  /** The running Node, for programs that a command starts. */
  readonly nodePath: string;
  readonly nodeVersion: string;
  readonly pid: number;
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  /** To standard output; waits when the reader is slow. */
  print(text: string): Promise<void>;
  /** Servers with a certificate of these authorities are trusted, too, from now on; PEM. */
  trust(authorities: string): void;
  /** To standard error. */
  note(text: string): void;
  /** The code with which the process ends, when nothing throws. */
  setExitCode(code: number): void;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A terminal that is not there: for building the command tree without running it. */
export const silentTerminal: Terminal = {
  input: nothing(),
  isOutputTty: false,
  isErrorTty: false,
  hasOutputColours: false,
  hasErrorColours: false,
  columns: 100,
  env: {},
  isRoot: false,
  homeFolder: '/',
  nodePath: 'node',
  nodeVersion: '',
  pid: 0,
  signal: new AbortController().signal,
  now: () => 0,
  print: async () => {},
  trust: () => {},
  note: () => {},
  setExitCode: () => {},
};
