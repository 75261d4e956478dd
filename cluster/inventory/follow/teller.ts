// Tells what changed of a resource's objects, and remembers by keys and hashes what was told.
import type { InventoryListed, ObjectObserved, ObjectRemoved } from '@yagura/contracts';
import { type Clock, rfc3339FromMs } from '@yagura/kit/lean';
import type { Output } from '../output.ts';
import type { Resource } from '../resources/resource.ts';
import { hashOf, type Key } from '../state/key-book.ts';
import type { Standing } from '../state/state-file.ts';
import { metaOf } from './object-meta.ts';

export interface TellerOptions {
  readonly resource: Resource;
  readonly output: Output;
  readonly clock: Clock;
  readonly standing: Standing | undefined;
  readonly makeStanding: () => Standing;
}

export class Teller {
  readonly #options: TellerOptions;
  #standing: Standing;
  #isPartial = false;
  #isRestored: boolean;

  constructor(options: TellerOptions) {
    this.#options = options;
    this.#standing = options.standing ?? options.makeStanding();
    this.#isRestored = options.standing !== undefined;
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** '' as long as nothing was listed. */
  get resourceVersion(): string {
    return this.#standing.resourceVersion;
  }

  moveTo(resourceVersion: string): void {
    this.#standing = { ...this.#standing, resourceVersion };
  }

  /**
   * All has to be listed, since what happened from here on is not known any more. As long as this run has listed nothing
   * itself, what the one before it told after it kept its place for the last time is not known either.
   */
  losePlace(): void {
    if (this.#isRestored) this.startGeneration();
    else this.moveTo('');
  }

  /** From now on all is told anew, and the hub takes what is not told for gone. */
  startGeneration(): void {
    this.#isRestored = false;
    this.#standing = this.#options.makeStanding();
  }

  /** Waits while the publisher takes no more: then nothing is read from the API server either. */
  async observe(object: unknown): Promise<void> {
    const meta = metaOf(object);
    if (meta === undefined) return;
    const { resource, output } = this.#options;
    const facts = resource.facts(object);
    const { book } = this.#standing;
    const factsHash = hashOf(JSON.stringify(facts));
    if (book.knows(meta, factsHash)) return;
    const record: ObjectObserved = {
      kind: 'object.observed',
      time: this.#now(),
      generation: this.#standing.generation,
      uid: meta.uid,
      resource: resource.name,
      ...(meta.namespace === '' ? {} : { namespace: meta.namespace }),
      name: meta.name,
      ...(meta.createdAt === undefined ? {} : { createdAt: meta.createdAt }),
      facts,
    };
    await output.send(record);
    book.note(meta, factsHash);
  }

  /** Whether or not it is known: a run before this one may have told it after its place was kept. */
  async remove(object: unknown): Promise<void> {
    const meta = metaOf(object);
    if (meta === undefined) return;
    await this.#tellRemoved(meta);
    this.#standing.book.remove(meta.uid);
  }

  beginListing(): void {
    this.#standing.book.beginListing();
  }

  async endListing(resourceVersion: string): Promise<void> {
    for (const key of this.#standing.book.endListing()) await this.#tellRemoved(key);
    this.moveTo(resourceVersion);
    await this.tellWhole();
  }

  /** How many there are, so that the hub can tell whether it has them all. */
  tellWhole(): Promise<void> {
    return this.#tellListed({ complete: true });
  }

  /** After `tellPartial`, once it works again. */
  async mendPartial(): Promise<void> {
    if (this.#isPartial) await this.tellWhole();
  }

  tellPartial(message: string): Promise<void> {
    return this.#tellListed({ complete: false, message: message.slice(0, 1024) });
  }

  #tellListed(how: Pick<InventoryListed, 'complete' | 'message'>): Promise<void> {
    const { generation, book } = this.#standing;
    const { output, resource } = this.#options;
    this.#isPartial = !how.complete;
    const place = { generation, resource: resource.name, objects: book.size };
    return output.send({ kind: 'inventory.listed', time: this.#now(), ...place, ...how });
  }

  #tellRemoved({ uid, namespace, name }: Key): Promise<void> {
    const { output, resource } = this.#options;
    const place = { uid, resource: resource.name, ...(namespace === '' ? {} : { namespace }), name };
    const record: ObjectRemoved = { kind: 'object.removed', time: this.#now(), ...place };
    return output.send(record);
  }

  #now(): string {
    return rfc3339FromMs(this.#options.clock.now());
  }
}
