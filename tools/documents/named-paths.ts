// Finds what a Markdown document names: links with their headings, and paths between backticks.

export interface Link {
  /** Relative to the document; empty for a heading of its own. */
  readonly path: string;
  readonly heading: string | undefined;
}

const withoutBlocks = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '');

/** Links out of the house are not followed. */
export const linksOf = (text: string): readonly Link[] =>
  [...withoutBlocks(text).matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', heading] = target.split('#');
      return { path, heading };
    });

/** As GitHub does it: lower case, punctuation away, spaces to hyphens. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

export const headingsOf = (text: string): ReadonlySet<string> =>
  new Set([...withoutBlocks(text).matchAll(/^#{1,6}\s+(.+)$/gm)].map((match) => slugOf(match[1] ?? '')));

/** `<name>` and `NNNN` stand for anything. */
const asPattern = (path: string): string =>
  path
    .replace(/<[^>]+>/g, '*')
    .replace('NNNN', '*')
    .replace(/:\d+$/, '')
    .replace(/\/$/, '');

/**
 * Between backticks a path is what has a slash and begins with a top-level folder, or a lone name that ends in `.md`
 * or `.ts`. Everything else may be a command, a field or another machine's file.
 */
export const pathsOf = (text: string, topFolders: ReadonlySet<string>): readonly string[] =>
  [...withoutBlocks(text).matchAll(/`([^`\s]+)`/g)]
    .map((match) => (match[1] ?? '').replace(/^\.\//, ''))
    .filter((word) => {
      if (!word.includes('/')) return /^[\w-]+(\.test)?\.(md|ts)$/.test(word);
      return topFolders.has(word.split('/')[0] ?? '') && /^[\w./*{}<>,:-]+$/.test(word);
    })
    .map(asPattern);
