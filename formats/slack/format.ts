// A message for a Slack-compatible incoming webhook: Slack, Mattermost, Rocket.Chat and others.
import type { Severity } from '@yagura/contracts';
import { type AlertFormat, alertUrl, type ExportedChange, type FormatInput } from '../alert-format.ts';

const marks: Readonly<Record<Severity, string>> = {
  informational: '⚪',
  low: '🔵',
  medium: '🟡',
  high: '🟠',
  critical: '🔴',
};
const words: Readonly<Record<ExportedChange, string>> = {
  raised: 'New alert',
  reopened: 'Open again',
  counted: 'Still going on',
  closed: 'Closed',
};

/** Slack's limits: a header of 150 characters, a section of 3,000, a field of 2,000. */
const [headerLimit, textLimit, fieldLimit] = [150, 2900, 1900];

const cut = (text: string, limit: number): string =>
  (text.length > limit ? `${text.slice(0, limit - 1)}…` : text).toWellFormed();

/** Not mrkdwn: an attacker's text must not mention the channel, make a link or change its looks. */
const plain = (text: string, limit: number): object => ({
  type: 'plain_text',
  text: cut(text, limit) || '-',
  emoji: false,
});

/** The fallback text is always mrkdwn; with these three escaped it holds no mention and no link. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const slack: AlertFormat = {
  name: 'slack',
  contentType: 'application/json',
  write: (input) => {
    const { alert, change } = input;
    const title = `${marks[alert.severity]} ${words[change]}: ${alert.title}`;
    const fallback = escaped(cut(`${title} (${alert.severity}): ${alert.message}`, textLimit));
    return JSON.stringify({ text: fallback, blocks: blocksOf(input, title) });
  },
};

function blocksOf(input: FormatInput, title: string): readonly object[] {
  const { alert } = input;
  const url = alertUrl(input);
  return [
    { type: 'header', text: plain(title, headerLimit) },
    { type: 'section', text: plain(alert.message, textLimit) },
    { type: 'section', fields: fieldsOf(input).map((text) => plain(text, fieldLimit)) },
    {
      type: 'context',
      elements: [plain(`${alert.rule} · ${[...alert.tactics, ...alert.techniques].join(', ')}`, fieldLimit)],
    },
    ...(url === undefined
      ? []
      : [{ type: 'actions', elements: [{ type: 'button', text: plain('Open in Yagura', 75), url }] }]),
  ];
}

/** Slack shows ten at the most. */
function fieldsOf({ alert }: FormatInput): readonly string[] {
  const { cluster, namespace, pod, node, user, image, sourceAddress } = alert.entities;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Severity', alert.severity],
    ['Count', String(alert.count)],
    ['Cluster', cluster],
    ['Namespace', namespace],
    ['Pod', pod],
    ['Node', node],
    ['User', user],
    ['Image', image],
    ['From', sourceAddress],
    ['Closed as', alert.closeReason],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}\n${value}`]));
}
