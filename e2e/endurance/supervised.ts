// A program under a supervisor, as a kubelet or systemd would be one: whenever it ends it is started again.
import { setTimeout as sleep } from 'node:timers/promises';
import { endOf, Program, type ProgramOptions } from '../installation/program.ts';

const restartMs = 500;

export class Supervised implements AsyncDisposable {
  readonly name: string;
  readonly #options: ProgramOptions;
  readonly #running: Promise<void>;
  #program: Program;
  #launchedAt = Date.now();
  #isEnding = false;
  #endsByItself = 0;
  kills = 0;

  constructor(name: string, options: ProgramOptions) {
    this.name = name;
    this.#options = options;
    this.#program = Program.launch(options);
    this.#running = this.#supervise();
  }

  /** When the run of now began: whoever began before is another one. Infinity while there is none. */
  get runsSince(): number {
    return this.#program.isRunning ? this.#launchedAt : Number.POSITIVE_INFINITY;
  }

  /** What is wrong with one that does not need to be killed. */
  get trouble(): string | undefined {
    if (this.#endsByItself <= 0) return undefined;
    const lastLine = endOf(this.#options.logFile).trim().split('\n').at(-1)?.slice(0, 300);
    return `It ended by itself, ${this.#endsByItself} times: ${lastLine}`;
  }

  /** As a crash would end it. */
  async kill(): Promise<void> {
    if (!this.#program.isRunning) return;
    this.kills += 1;
    this.#endsByItself -= 1;
    await this.#program.kill();
  }

  async #supervise(): Promise<void> {
    for (;;) {
      await this.#program.ended();
      if (this.#isEnding) return;
      this.#endsByItself += 1;
      await sleep(restartMs);
      this.#launchedAt = Date.now();
      this.#program = Program.launch(this.#options);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isEnding = true;
    await this.#program[Symbol.asyncDispose]();
    // One that was about to be started again.
    await sleep(restartMs);
    await this.#program[Symbol.asyncDispose]();
    await this.#running;
  }
}
