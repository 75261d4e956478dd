// The licence texts of others' work in an image, which their licences ask to hand on.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Component } from '../image.ts';

/** One text that many packages share stands once. */
export async function toNotices(components: readonly Component[]): Promise<string> {
  const byText = new Map<string, { readonly text: string; readonly names: Set<string> }>();
  for (const { name, version, licenceFile } of components) {
    if (licenceFile === undefined) continue;
    const text = (await readFile(licenceFile, 'utf8')).trim();
    const key = createHash('sha256').update(text).digest('hex');
    const entry = byText.get(key) ?? { text, names: new Set() };
    entry.names.add(`${name} ${version}`);
    byText.set(key, entry);
  }
  return [...byText.values()]
    .map(({ text, names }) => `${[...names].join(', ')}\n\n${text}\n`)
    .join('\n---\n\n');
}
