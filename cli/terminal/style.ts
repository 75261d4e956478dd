// Colours, where they are wanted.
import { styleText } from 'node:util';
import type { Severity } from '@yagura/contracts';

type Format = Parameters<typeof styleText>[0];
export type Paint = (format: Format, text: string) => string;

export const paintFor = (hasColours: boolean): Paint =>
  hasColours ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;

const formats: Readonly<Record<Severity, Format>> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  informational: 'gray',
};

export const paintSeverity = (paint: Paint, severity: Severity): string => paint(formats[severity], severity);
