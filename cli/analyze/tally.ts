// What `analyze` counts while it reads.
import { skipWords } from '@yagura/connector-kubernetes';

/** What is no record at all; others are whole, and about something else. */
const isUnreadable = (reason: string): boolean => reason in skipWords || reason === 'not-an-event';
const maxSkippedShown = 5;

export class Tally {
  readonly events: Record<string, number> = {};
  readonly skipped: Record<string, number> = {};
  /** Where the first few were, and why. */
  readonly firstSkipped: string[] = [];
  files = 0;
  eventsTotal = 0;

  countEvent(kind: string): void {
    this.eventsTotal += 1;
    this.events[kind] = (this.events[kind] ?? 0) + 1;
  }

  countSkipped(reason: string, place?: string): void {
    this.skipped[reason] = (this.skipped[reason] ?? 0) + 1;
    if (place !== undefined && this.firstSkipped.length < maxSkippedShown)
      this.firstSkipped.push(`${place}: ${reason}`);
  }

  get skippedTotal(): number {
    return Object.values(this.skipped).reduce((sum, each) => sum + each, 0);
  }

  isNothingRead(): boolean {
    return this.eventsTotal === 0 && Object.keys(this.skipped).some(isUnreadable);
  }
}
