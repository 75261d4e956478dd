// Sends events on in order; one that lacks container facts waits for them a moment, and then goes without.
import type { NodeEvent } from '@yagura/contracts';
import type { ContainerRef } from './container-id.ts';
import type { FactBook } from './facts/fact-book.ts';
import type { LossLedger } from './losses.ts';
import { containerFields } from './process-event.ts';

export interface EmitterOptions {
  readonly facts: FactBook;
  readonly losses: LossLedger;
  /** From the arrival of the event. */
  readonly waitMs: number;
  /** Events that may wait; more are dropped and counted. */
  readonly limit: number;
  readonly send: (line: string, kind: string) => void;
}

interface Waiting {
  readonly event: NodeEvent;
  readonly container: ContainerRef;
  readonly facts: Promise<void> | undefined;
  readonly deadline: number;
}

export class Emitter {
  readonly #options: EmitterOptions;
  readonly #queue: Waiting[] = [];
  #draining: Promise<void> | undefined;
  #sent = 0;
  #withoutFacts = 0;

  constructor(options: EmitterOptions) {
    this.#options = options;
  }

  get sent(): number {
    return this.#sent;
  }

  /** Events of containers that went on before anything was known of the container but its id. */
  get withoutFacts(): number {
    return this.#withoutFacts;
  }

  emit(event: NodeEvent, container: ContainerRef | undefined): void {
    if (this.#queue.length >= this.#options.limit) {
      this.#options.losses.add({ stage: 'rate-limit', kind: event.kind, reason: 'too many events wait' }, 1);
      return;
    }
    const facts = container && this.#options.facts.ask(container);
    if (this.#queue.length === 0 && !facts) {
      this.#send(event, container);
      return;
    }
    const deadline = performance.now() + this.#options.waitMs;
    this.#queue.push({ event, container: container ?? { id: '' }, facts, deadline });
    this.#draining ??= this.#drain();
  }

  /** Resolves when nothing waits any more: after `waitMs` at the latest. */
  async flush(): Promise<void> {
    while (this.#draining) await this.#draining;
  }

  async #drain(): Promise<void> {
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      if (head.facts) await settled(head.facts, head.deadline - performance.now());
      this.#queue.shift();
      this.#send(head.event, head.container.id === '' ? undefined : head.container);
    }
    this.#draining = undefined;
  }

  #send(event: NodeEvent, container: ContainerRef | undefined): void {
    const facts = container && this.#options.facts.known(container.id);
    if (container && !facts) this.#withoutFacts += 1;
    const whole = container ? { ...event, ...containerFields(container, facts) } : event;
    this.#options.send(JSON.stringify(whole), event.kind);
    this.#sent += 1;
  }
}

async function settled(promise: Promise<void>, withinMs: number): Promise<void> {
  if (withinMs <= 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
