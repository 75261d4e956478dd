// The real collector in a process of its own, its events at hand.
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import {
  type FileOpened,
  isNodeEvent,
  type NodeEvent,
  type ProcessExited,
  type ProcessStarted,
  parseEventLine,
} from '@yagura/contracts';
import { splitLines } from '@yagura/kit';
import { collectorMain } from './kernel-tier.ts';

const waitMs = 10_000;

export class RecordedCollector implements AsyncDisposable {
  readonly events: NodeEvent[] = [];
  /** Lines that are no events of the contract; must stay empty. */
  readonly bad: string[] = [];
  stderr = '';
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;
  readonly #watchers = new Set<() => void>();

  private constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, [collectorMain, '--out', '-', ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk;
    });
    void this.#read();
  }

  /** Resolves when the probes are attached. */
  static async start(args: readonly string[]): Promise<RecordedCollector> {
    const collector = new RecordedCollector(args);
    await new Promise<void>((resolve, reject) => {
      collector.#child.once('message', resolve);
      collector.#child.once('exit', () => reject(new Error(`the collector ended: ${collector.stderr}`)));
    });
    return collector;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get started(): ProcessStarted[] {
    return this.events.filter((event) => event.kind === 'process.started');
  }

  get exited(): ProcessExited[] {
    return this.events.filter((event) => event.kind === 'process.exited');
  }

  /** The first event that fits, waiting for it if need be. */
  async find<E extends NodeEvent>(fits: (event: NodeEvent) => event is E): Promise<E>;
  async find(fits: (event: NodeEvent) => boolean): Promise<NodeEvent>;
  async find(fits: (event: NodeEvent) => boolean): Promise<NodeEvent> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const found = this.events.find(fits);
      if (found) return found;
      if (performance.now() > deadline) throw new Error(`no such event; the last are ${this.#summary()}`);
      await this.#next(Math.max(1, deadline - performance.now()));
    }
  }

  start(fits: (event: ProcessStarted) => boolean): Promise<ProcessStarted> {
    return this.find((event): event is ProcessStarted => event.kind === 'process.started' && fits(event));
  }

  end(fits: (event: ProcessExited) => boolean): Promise<ProcessExited> {
    return this.find((event): event is ProcessExited => event.kind === 'process.exited' && fits(event));
  }

  get opened(): FileOpened[] {
    return this.events.filter((event) => event.kind === 'file.opened');
  }

  open(fits: (event: FileOpened) => boolean): Promise<FileOpened> {
    return this.find((event): event is FileOpened => event.kind === 'file.opened' && fits(event));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#exited;
  }

  async #read(): Promise<void> {
    for await (const line of splitLines(this.#child.stdout ?? [], { maxLineBytes: 1024 * 1024 })) {
      const parsed = line.ok ? parseEventLine(line.text) : { ok: false as const, message: 'too long' };
      if (parsed.ok && isNodeEvent(parsed.event)) this.events.push(parsed.event);
      else this.bad.push(parsed.ok ? parsed.event.kind : parsed.message);
      for (const wake of this.#watchers) wake();
    }
  }

  #next(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      this.#watchers.add(done);
    });
  }

  #summary(): string {
    return JSON.stringify(
      this.events.slice(-20).map(({ kind, process: { name, args } }) => [kind, name, args.slice(0, 4)]),
    );
  }
}
