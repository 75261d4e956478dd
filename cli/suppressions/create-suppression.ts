// `yagura suppressions create`: with `--preview` it only tells what it would do.
import {
  createSuppression,
  previewSuppression,
  type SuppressionMatch,
  type SuppressionPreview,
  suppressionFields,
} from '@yagura/contracts';
import { CliError } from '../errors.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { plural } from '../terminal/plural.ts';
import { plain } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { matchText } from './match-text.ts';

export interface CreateOptions extends HubOptions {
  readonly rule?: string;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly workload?: string;
  readonly user?: string;
  readonly image?: string;
  readonly node?: string;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
  readonly preview?: boolean;
  readonly json?: boolean;
}

const unitsMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** An age from now, such as `30d`, or a time. */
function expiryTime(text: string, now: number): string {
  const age = /^(\d{1,4})([hdw])$/.exec(text);
  const at = age ? now + Number(age[1]) * (unitsMs[age[2] ?? ''] ?? 0) : Date.parse(text);
  if (Number.isNaN(at)) {
    throw new CliError('OPTION_INVALID', `--expires ${JSON.stringify(text)} is no time`, {
      mend: 'Use an age such as 12h, 30d or 8w, or a time such as 2027-01-31T00:00:00Z.',
    });
  }
  return new Date(at).toISOString();
}

const matchOf = (options: CreateOptions): SuppressionMatch =>
  Object.fromEntries(
    suppressionFields.flatMap((field) => (options[field] === undefined ? [] : [[field, options[field]]])),
  );

export async function createSuppressionOf(options: CreateOptions, terminal: Terminal): Promise<void> {
  const match = matchOf(options);
  if (Object.keys(match).length === 0) {
    throw new CliError('OPTION_INVALID', 'nothing to match', {
      mend: `Give at least one of ${suppressionFields.map((field) => `--${field}`).join(', ')}.`,
    });
  }
  const expiresAt = expiryTime(options.expires, terminal.now());
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  if (options.preview) {
    const preview = await client.call(previewSuppression, { query: match });
    if (preview.notice !== undefined) terminal.note(`${plain(preview.notice)}\n`);
    return terminal.print(options.json ? `${JSON.stringify(preview)}\n` : previewText(preview));
  }
  const { owner, reason } = options;
  const made = await client.call(createSuppression, { body: { match, owner, reason, expiresAt } });
  await terminal.print(
    options.json
      ? `${JSON.stringify(made)}\n`
      : `suppressed until ${made.expiresAt}: ${matchText(match)} (${made.id})\n`,
  );
}

function previewText({ matched, total, days, isPartial, examples }: SuppressionPreview): string {
  const partly = isPartial ? ' (the latest of them; there were more)' : '';
  const lines = examples.map(
    ({ severity, rule, message }) => `  ${severity}  ${plain(rule)}  ${plain(message)}\n`,
  );
  return `it would have kept ${matched} of the last ${days} days' ${plural(total, 'alert')}${partly} from view\n${lines.join('')}`;
}
