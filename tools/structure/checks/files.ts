// What holds for each file alone: its length, its name, its first lines, no default export.
import { basename } from 'node:path';
import { isCode, isCSource } from '../../house/house.ts';
import type { Check } from '../check.ts';

const maxLines = 400;
const isSource = (file: string): boolean => isCode(file) || isCSource(file) || file.endsWith('.css');

export const fileLength: Check = {
  rule: `no source file is longer than ${maxLines} lines`,
  problems: (house) =>
    house.files
      .filter(isSource)
      .map((file) => ({ file, lines: house.text(file).split('\n').length - 1 }))
      .filter(({ lines }) => lines > maxLines)
      .map(({ file, lines }) => `${file}: ${lines} lines`),
};

const emptyWords = /(^|[-.])(utils?|helpers?|common|misc|managers?)([-.]|$)/;
/** The field's own term for apt, dnf and their like. */
const fieldTerm = /^package-manager\b/;

/** Helm looks for a chart under this name only. */
const givenName = 'Chart.yaml';

export const fileNames: Check = {
  rule: 'files are named in kebab-case after what they hold; no utils, helpers, common, misc, manager',
  problems: (house) =>
    house.files
      .filter((file) => isSource(file) || file.endsWith('.yaml'))
      .filter((file) => {
        const parts = file.split('/');
        return (
          parts.some((part) => emptyWords.test(part) && !fieldTerm.test(part)) ||
          !(/^[a-z0-9.-]+$/.test(basename(file)) || basename(file) === givenName)
        );
      })
      .map((file) => `${file}: another name, please`),
};

/** A shebang or an SPDX line has to stand first; the sentence then follows it. */
const firstWords = (text: string): string =>
  text.split('\n').find((line) => !line.startsWith('#!') && !/^(\/\/|\/\*) SPDX-/.test(line)) ?? '';

export const firstLines: Check = {
  rule: 'the first line of a source file is a comment that says what it is for',
  problems: (house) =>
    house.files
      .filter((file) => isCode(file) || isCSource(file))
      .filter((file) => !/^(\/\/ |\/\* ?)\S/.test(firstWords(house.text(file))))
      .map((file) => `${file}: begins without a sentence about itself`),
};

const firstGap = /^(?:(?:#!|\/\/).*\n)+(\n?)(import\b|export (?:type )?(?:\*|\{[^}]*\} from))?/;
const hasRightGap = (text: string): boolean => {
  const [, gap, imports] = firstGap.exec(text) ?? [];
  return (gap === '') === (imports !== undefined);
};

export const firstGaps: Check = {
  rule: 'imports stand directly below the first comment, anything else after an empty line',
  problems: (house) =>
    house.files
      .filter((file) => isCode(file) && !hasRightGap(house.text(file)))
      .map((file) => `${file}: an empty line too few or too many below its first comment`),
};

const frameworkFiles = new Set(['console/vite.config.ts']);

export const namedExports: Check = {
  rule: 'exports have names; only a framework configuration may export a default',
  problems: (house) =>
    house.files
      .filter((file) => isCode(file) && !frameworkFiles.has(file))
      .filter((file) => /^export default\b|^export \{[^}]*\bas default\b/m.test(house.text(file)))
      .map((file) => `${file}: has a default export`),
};
