// What the status endpoints show, from those who know it.
import type { HubStatus } from '@yagura/contracts';

export interface StatusSource {
  read(): Promise<HubStatus>;
  /** Names of the conditions without which events are not taken or analysed. */
  failing(): Promise<readonly string[]>;
}
