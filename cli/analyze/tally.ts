// What `analyze` counts while it reads.

export class Tally {
  readonly events: Record<string, number> = {};
  readonly skipped: Record<string, number> = {};
  files = 0;
  eventsTotal = 0;

  countEvent(kind: string): void {
    this.eventsTotal += 1;
    this.events[kind] = (this.events[kind] ?? 0) + 1;
  }

  countSkipped(reason: string): void {
    this.skipped[reason] = (this.skipped[reason] ?? 0) + 1;
  }

  get skippedTotal(): number {
    return Object.values(this.skipped).reduce((sum, each) => sum + each, 0);
  }
}
