// CEF version 0 (ArcSight Common Event Format), one line an alert.
import { isIPv4, isIPv6 } from 'node:net';
import type { Severity } from '@yagura/contracts';
import { type AlertFormat, alertUrl, type FormatInput } from '../alert-format.ts';
import { formatTime } from '../format-time.ts';
import { cefHeader, cefValue } from './escape.ts';

/** 0–3 low, 4–6 medium, 7–8 high, 9–10 very high. */
const severities: Readonly<Record<Severity, number>> = {
  informational: 1,
  low: 3,
  medium: 5,
  high: 8,
  critical: 10,
};

const headerLimit = 512;
/** Of `msg`, as its dictionary says; custom strings may be longer. */
const messageLimit = 1023;
const valueLimit = 4000;

export const cef: AlertFormat = {
  name: 'cef',
  contentType: 'text/plain; charset=utf-8',
  write: (input) => {
    const { alert, product } = input;
    const head = ['Yagura', 'Yagura', product.version, alert.rule, alert.title];
    const fields = extension(input).flatMap(([name, value, limit = valueLimit]) =>
      value === undefined || value === '' ? [] : [`${name}=${cefValue(String(value), limit)}`],
    );
    const header = head.map((text) => cefHeader(text, headerLimit)).join('|');
    return `CEF:0|${header}|${severities[alert.severity]}|${fields.join(' ')}`;
  },
};

type Field = readonly [name: string, value: string | number | undefined, limit?: number];

function extension(input: FormatInput): readonly Field[] {
  const { alert, change, key } = input;
  const { entities } = alert;
  return [
    ['externalId', alert.id],
    ['rt', formatTime(alert.lastSeenAt)],
    ['start', formatTime(alert.firstSeenAt)],
    ['end', formatTime(alert.lastSeenAt)],
    ['cnt', alert.count],
    ['cat', alert.tactics.join(', ')],
    ['act', change],
    ['outcome', alert.status],
    ['reason', alert.closeReason],
    ['msg', alert.message, messageLimit],
    ['dvchost', entities.node],
    ['suser', entities.user],
    ['filePath', entities.process],
    ['request', alertUrl(input)],
    ...address(entities.sourceAddress),
    ...custom(1, 'cluster', entities.cluster),
    ...custom(2, 'namespace', entities.namespace),
    ...custom(3, 'pod', entities.pod),
    ...custom(4, 'image', entities.image),
    ...custom(5, 'resource', entities.resource),
    ...custom(6, 'techniques', alert.techniques.join(', ')),
    ['flexString1', key],
    ['flexString1Label', 'key'],
  ];
}

const custom = (number: number, label: string, value: string | undefined): readonly Field[] =>
  value === undefined || value === ''
    ? []
    : [
        [`cs${number}`, value],
        [`cs${number}Label`, label],
      ];

/** `src` holds IPv4 only. */
function address(text: string | undefined): readonly Field[] {
  if (text === undefined) return [];
  if (isIPv4(text)) return [['src', text]];
  if (!isIPv6(text)) return [];
  return [
    ['c6a2', text],
    ['c6a2Label', 'Source IPv6 Address'],
  ];
}
