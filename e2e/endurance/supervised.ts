// A program under a supervisor, as a kubelet or systemd would be one: whenever it ends it is started again.
import { setTimeout as sleep } from 'node:timers/promises';
import { Program, type ProgramOptions } from '../installation/program.ts';

const restartMs = 500;

export class Supervised implements AsyncDisposable {
  readonly name: string;
  readonly #options: ProgramOptions;
  readonly #running: Promise<void>;
  #program: Program;
  #isEnding = false;
  kills = 0;

  constructor(name: string, options: ProgramOptions) {
    this.name = name;
    this.#options = options;
    this.#program = Program.launch(options);
    this.#running = this.#supervise();
  }

  /** As a crash would end it. */
  async kill(): Promise<void> {
    if (!this.#program.isRunning) return;
    this.kills += 1;
    await this.#program.kill();
  }

  async #supervise(): Promise<void> {
    for (;;) {
      await this.#program.ended();
      if (this.#isEnding) return;
      await sleep(restartMs);
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
