// What is known of a container beside its processes, and who may know it.
import type { Container, Pod } from '@yagura/contracts';
import type { ContainerRef } from '../container-id.ts';

export interface ContainerFacts {
  readonly container: Container;
  readonly pod?: Pod;
}

export interface FactSource {
  readonly name: string;
  /** Undefined when this source does not know the container; throws when it cannot be asked. */
  find(ref: ContainerRef): Promise<ContainerFacts | undefined>;
}
