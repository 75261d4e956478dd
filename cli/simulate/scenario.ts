// What a scenario is: one harmless attack inside the simulation's container, and the alerts that it must raise.

/** Addresses that the simulation listens on while scenarios run, all on loopback. */
export interface Listeners {
  /** Serves a harmless script on every path. */
  readonly web: { readonly port: number };
  /** Accepts a shell, tells it to exit and hangs up. */
  readonly shell: { readonly port: number };
}

export interface Scenario {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  /** Ids of the rules of which each must raise an alert. */
  readonly expects: readonly string[];
  /** Files that the image holds for this scenario: path in the image → content; all are executable. */
  readonly files?: Readonly<Record<string, string>>;
  /** Copies of this machine's programs that the image holds: path in the image → path here. */
  readonly copies?: Readonly<Record<string, string>>;
  /** What is run in the container, without a shell in between. */
  readonly command: (listeners: Listeners) => readonly string[];
}
