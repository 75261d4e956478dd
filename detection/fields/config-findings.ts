// What of a config map should not stand in one: told by its kind, so that an alert does not repeat it.

/** Longest value that is looked at; the API server takes no config map of more than a megabyte. */
const valueLimit = 512 * 1024;

/** Each pattern is bounded in all its parts, so that a text costs one pass whatever it holds. */
const patterns: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'aws-key',
    /aws[_-]?(?:s3[_-])?(?:access[_-]key[_-]id|secret[_-]access[_-]key)["']?\s{0,3}[=:]\s{0,3}["']?[^\s"']/i,
  ],
  ['private-key', /-----BEGIN (?:[A-Z]{1,12} )?PRIVATE KEY-----/],
  [
    'password',
    /(?:password|passwd|passphrase|client[_-]secret|api[_-]?key|secret[_-]?key)[^a-z0-9\n]{0,2}[=:][^a-z0-9$<{%\n]{0,2}[a-z0-9/+_.-]{3}/i,
  ],
  ['azure-key', /AccountKey=[A-Za-z0-9+/]{20}/],
  ['github-token', /\bgh[opsu]_[A-Za-z0-9]{30}/],
  ['slack-token', /\bxox[abp]-[A-Za-z0-9-]{10}/],
  [
    'postgres-trust',
    /^[ \t]{0,16}host(?:no)?(?:ssl)?[ \t]{1,64}\S{1,64}[ \t]{1,64}\S{1,64}[ \t]{1,64}(?:all|0\.0\.0\.0\/0|::\/0|10\.0\.0\.0\/8)[ \t]{1,64}trust\b/m,
  ],
  ['postgres-trust', /^POSTGRES(?:QL)?_HOST_AUTH_METHOD\s{0,3}[=:]\s{0,3}["']?trust\b/m],
];

/** A value of one line is looked at together with its key, as in `DB_PASSWORD=…`. */
const textOf = ([key, value]: readonly [string, unknown]): string => {
  if (typeof value !== 'string') return '';
  const text = value.slice(0, valueLimit);
  return text.includes('\n') ? text : `${key}=${text}`;
};

/** Kinds of what was found in the data of a config map, each once. */
export function configFindings(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null) return [];
  const found = Object.entries(data).flatMap((entry) => {
    const text = textOf(entry);
    return patterns.flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
  });
  return [...new Set(found)];
}
