// The `required_engine_version` and `required_plugin_versions` of a Falco file.
import { isMap } from 'yaml';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import { nodeOf, readSequence, readText, requireSource, spanOf, type YamlItem } from './yaml-item.ts';

/** The newest engine of Falco whose language is known here: that of Falco 0.45. */
const knownEngine = [0, 63, 0] as const;

/** `26` is `0.26.0`. */
function readVersion(text: string): readonly number[] | undefined {
  if (/^\d+$/.test(text)) return [0, Number(text), 0];
  const parts = /^(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(text);
  return parts?.slice(1).map(Number);
}

const isNewer = (version: readonly number[]): boolean => {
  const at = version.findIndex((part, index) => part !== knownEngine[index]);
  return at >= 0 && (version[at] ?? 0) > (knownEngine[at] ?? 0);
};

function readEngine(item: YamlItem, notices: RuleProblem[]): void {
  const source = requireSource(item, 'required_engine_version', 'a version');
  if (source === undefined) return;
  const version = readVersion(source.text.trim());
  const span = { source, start: 0, end: 0 };
  if (version === undefined)
    item.problems.push(problemAt(span, `"${source.text}" is no version`, 'a number, or three as in 0.26.0'));
  else if (isNewer(version))
    notices.push(
      problemAt(
        span,
        `written for the engine ${version.join('.')} of Falco; its language is known here up to ${knownEngine.join('.')}`,
      ),
    );
}

/** Plugins are not loaded here: what counts is the source of each rule. */
function readPlugins(item: YamlItem): void {
  for (const node of readSequence(item, 'required_plugin_versions') ?? []) {
    const plugin = isMap(node) ? { ...item, map: node } : undefined;
    if (
      plugin === undefined ||
      readText(plugin, 'name') === undefined ||
      readText(plugin, 'version') === undefined
    )
      item.problems.push(
        problemAt(spanOf(item, node), 'this is no plugin', 'a mapping with name and version'),
      );
  }
}

/** True when the item was one; a newer engine is a notice, as Falco's own versions are not ours. */
export function readRequirement(item: YamlItem, notices: RuleProblem[]): boolean {
  const isEngine = nodeOf(item, 'required_engine_version') !== undefined;
  const isPlugins = nodeOf(item, 'required_plugin_versions') !== undefined;
  if (isEngine) readEngine(item, notices);
  if (isPlugins) readPlugins(item);
  return isEngine || isPlugins;
}
