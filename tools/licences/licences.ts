// Which licences the packages that Yagura uses may have.

/** Permissive ones, MPL-2.0, which asks nothing of files that are not its own, and OFL-1.1 for fonts. */
const allowedLicences: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

const alternatives = (expression: string): readonly string[] =>
  expression.replace(/^\((.*)\)$/, '$1').split(/\s+OR\s+/);

/** `A AND B` needs both, `A OR B` one of them. */
export const isAllowed = (expression: string): boolean =>
  alternatives(expression).some((one) =>
    one.split(/\s+AND\s+/).every((licence) => allowedLicences.has(licence.replace(/[()]/g, '').trim())),
  );
