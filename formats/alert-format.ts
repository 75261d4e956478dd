// What a format is: one pure function from an alert to text.
import type { Alert, AlertChangeKind, AlertDraft } from '@yagura/contracts';

export type ExportedChange = AlertChangeKind;

/** An alert as the hub stores it, or as `yagura analyze` finds it. */
export type ExportedAlert = AlertDraft & Partial<Omit<Alert, keyof AlertDraft>>;

export interface FormatInput {
  readonly alert: ExportedAlert;
  /** What happened to the alert. */
  readonly change: ExportedChange;
  /** The same text for the same message however often it is sent; receivers know a repeat by it. */
  readonly key: string;
  readonly product: {
    readonly version: string;
    readonly workspace?: string | undefined;
    /** Of the console, to link to the alert. */
    readonly consoleUrl?: string | undefined;
  };
}

export interface AlertFormat {
  readonly name: string;
  readonly contentType: string;
  /** One line of text, whatever the alert holds: no line break gets through. */
  readonly write: (input: FormatInput) => string;
}

export const alertUrl = ({ alert, product }: FormatInput): string | undefined =>
  product.consoleUrl === undefined
    ? undefined
    : `${product.consoleUrl.replace(/\/$/, '')}/alerts/${encodeURIComponent(alert.id)}`;
