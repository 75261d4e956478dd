// Tells why a rule fires for an event or stays silent, test by test.
import { basename } from 'node:path';
import type { Event } from '@yagura/contracts';
import { type ExplainedCondition, explainRule, type RuleExplanation } from '@yagura/detection';
import { readEvents } from '../analyze/read-events.ts';
import { CliError } from '../errors.ts';
import { type Paint, paintFor } from '../terminal/style.ts';
import { plain } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { findRule } from './find-rule.ts';
import type { FolderOptions } from './folder-options.ts';

const eventLimit = 100;
const valueLimit = 160;
const words = { and: 'all of', or: 'one of' } as const;

/** Returns the exit code. */
export async function explain(
  { id, file }: { readonly id: string; readonly file: string },
  options: FolderOptions,
  terminal: Terminal,
): Promise<number> {
  const { rule, countries } = await findRule(id, options, terminal);
  const events: Event[] = [];
  const reasons = new Set<string>();
  await readEvents(file, terminal, {
    take: (event) => events.push(event) < eventLimit,
    skip: (reason) => reasons.add(reason),
  });
  if (events.length === 0) {
    const why = reasons.size === 0 ? 'it is empty' : `its records are ${[...reasons].join(', ')}`;
    throw new CliError('FILE_UNREADABLE', `${file} holds no event: ${why}`, {
      mend: 'Name a file of audit records, of recorded events, or an alert as `yagura alerts get ID --json` prints it.',
    });
  }
  const explanations = explainRule(rule, events, { countries });
  const paint = paintFor(terminal.hasOutputColours);
  for (const explanation of explanations)
    await terminal.print(
      options.json ? `${JSON.stringify(explanation)}\n` : explanationText(explanation, paint),
    );
  return 0;
}

function explanationText({ rule, event, alerts, remarks, condition }: RuleExplanation, paint: Paint): string {
  const verdict = alerts.length > 0 ? paint('red', `${rule} fires`) : paint('green', `${rule} stays silent`);
  const lines = [
    `${verdict} for ${plain(event.id)} (${event.kind}, ${plain(event.time)})`,
    ...alerts.map((message) => `  alert: ${plain(message)}`),
    ...remarks.map((remark) => `  note: ${remark}`),
    ...conditionLines(condition, paint, '  '),
    '',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function conditionLines(condition: ExplainedCondition, paint: Paint, indent: string): readonly string[] {
  const mark = condition.holds ? paint('green', '✔') : paint('red', '✖');
  const inner = `${indent}  `;
  switch (condition.kind) {
    case 'test': {
      const value = shown(condition.value);
      const place = `${basename(condition.file)}:${condition.line}:${condition.column}`;
      return [`${indent}${mark} ${plain(condition.text)}  ${paint('dim', `[${value}] ${place}`)}`];
    }
    case 'not':
      return [`${indent}${mark} not`, ...conditionLines(condition.part, paint, inner)];
    case 'and':
    case 'or':
      return [
        `${indent}${mark} ${words[condition.kind]}`,
        ...condition.parts.flatMap((part) => conditionLines(part, paint, inner)),
      ];
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'the event does not have it';
  const text = plain(JSON.stringify(value));
  return text.length > valueLimit ? `${text.slice(0, valueLimit)}…` : text;
}
