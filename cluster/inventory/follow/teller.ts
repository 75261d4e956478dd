// Tells what changed of a resource's objects, and remembers by keys and hashes what was told.
import type { InventoryListed, ObjectObserved, ObjectRemoved } from '@yagura/contracts';
import { type Clock, rfc3339FromMs } from '@yagura/kit/lean';
import type { Output } from '../output.ts';
import type { Resource } from '../resources/resource.ts';
import type { Key } from '../state/key-book.ts';
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

  constructor(options: TellerOptions) {
    this.#options = options;
    this.#standing = options.standing ?? options.makeStanding();
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

  /** From now on all is told anew, and the hub takes what is not told for gone. */
  startGeneration(): void {
    this.#standing = this.#options.makeStanding();
  }

  /** Waits while the publisher takes no more: then nothing is read from the API server either. */
  async observe(object: unknown): Promise<void> {
    const meta = metaOf(object);
    if (meta === undefined) return;
    const { resource, output } = this.#options;
    const facts = resource.facts(object);
    if (!this.#standing.book.note(meta, JSON.stringify(facts))) return;
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
  }

  async remove(object: unknown): Promise<void> {
    const meta = metaOf(object);
    if (meta !== undefined && this.#standing.book.remove(meta.uid)) await this.#tellRemoved(meta);
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
