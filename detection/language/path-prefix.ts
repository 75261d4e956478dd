// Whether a path is, or lies below, one of many; a component of these may be a shell pattern.
import { compileGlob } from './glob.ts';

type Test = (path: string) => boolean;

const isPattern = (text: string): boolean => /[*?[]/.test(text);
const withoutTail = (prefix: string): string => prefix.replace(/\/+$/, '');

function below(prefix: string): Test {
  const folder = `${prefix}/`;
  return (path) => path.startsWith(prefix) && (path.length === prefix.length || path.startsWith(folder));
}

/** A wildcard stays within its component: `/var/*` fits `/var/run` and what is below that, and never `/var`. */
function belowPattern(prefix: string): Test {
  const tests = prefix.split('/').map((part): Test => {
    if (isPattern(part)) return compileGlob(part);
    return (component) => component === part;
  });
  return (path) => {
    const parts = path.split('/', tests.length);
    return parts.length === tests.length && tests.every((test, index) => test(parts[index] ?? ''));
  };
}

export function compilePathPrefixes(prefixes: readonly string[]): Test {
  const tests = prefixes
    .map(withoutTail)
    .map((prefix) => (isPattern(prefix) ? belowPattern(prefix) : below(prefix)));
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (path) => tests.some((test) => test(path));
}
