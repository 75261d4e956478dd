// From the text of a rule file to its items: one mapping per rule, macro or list.
import { type Document, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import type { YamlItem } from './yaml-item.ts';
import { nodeSpan, type YamlFile } from './yaml-source.ts';

export interface RuleFile {
  readonly path: string;
  readonly text: string;
}

/** Larger than all rule sets that are known; the parser's cost grows with it. */
export const fileLimitBytes = 4 * 1024 * 1024;

function mapsOf(document: Document, yaml: YamlFile, problems: RuleProblem[]): readonly YAMLMap[] {
  const root = document.contents;
  if (root === null) return [];
  const items = isSeq(root) ? root.items : [root];
  return items.flatMap((item) => {
    if (isMap(item)) return [item];
    // Falco passes over a dash with nothing behind it, and a file of its own rules has one.
    if (isScalar(item) && item.value === null) return [];
    const offset = (item as { range?: readonly number[] }).range?.[0] ?? 0;
    problems.push(
      problemAt(nodeSpan(yaml, offset), 'this is no rule', 'a mapping with `rule`, `macro` or `list`'),
    );
    return [];
  });
}

/** What is told of a file that is no YAML. */
const yamlErrorLimit = 20;
/** Lists in lists that no rule file has: the parser goes down one call a level, and takes its time. */
const deepNesting = /(?:[[{]\s*){64}/;

/** Nothing where it is nested deeper than the parser can go. */
function parse(text: string, lineCounter: LineCounter): readonly Document[] | undefined {
  if (deepNesting.test(text)) return undefined;
  try {
    const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, logLevel: 'silent' });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A mistake in the YAML itself costs the whole file: what stands behind it cannot be trusted. */
export function readItems({ path, text }: RuleFile): { items: readonly YamlItem[]; problems: RuleProblem[] } {
  const lines = new LineCounter();
  const yaml: YamlFile = { file: path, text, lines };
  const problems: RuleProblem[] = [];
  if (text.length > fileLimitBytes) {
    problems.push({
      file: path,
      line: 1,
      column: 1,
      message: `the file is larger than ${fileLimitBytes} bytes`,
    });
    return { items: [], problems };
  }
  const parsed = parse(text, lines);
  if (parsed === undefined) {
    problems.push({ file: path, line: 1, column: 1, message: 'not YAML: nested too deeply' });
    return { items: [], problems };
  }
  for (const error of parsed.flatMap((document) => document.errors).slice(0, yamlErrorLimit))
    problems.push(problemAt(nodeSpan(yaml, error.pos[0]), `not YAML: ${error.message}`));
  if (problems.length > 0) return { items: [], problems };
  const maps = parsed.flatMap((document) => mapsOf(document, yaml, problems));
  return { items: maps.map((map) => ({ yaml, map, problems: [] })), problems };
}

/** The item's lines, and those of what was appended to it or replaced in it. */
export const itemText = (item: YamlItem): string =>
  [item, ...(item.patches ?? []).map((patch) => patch.item)].map(ownText).join('\n\n');

/** Without the dash and the indent of the list that it stood in. */
function ownText(item: YamlItem): string {
  const { text } = item.yaml;
  const [start = 0, , end = text.length] = item.map.range ?? [];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = start - lineStart;
  return text
    .slice(start, end)
    .split('\n')
    .map((line) => (line.slice(0, indent).trim() === '' ? line.slice(indent) : line))
    .join('\n')
    .trim();
}
