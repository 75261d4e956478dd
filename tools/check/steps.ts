// The steps of `npm run check`, longest first, so that two of them at a time end soonest.

export interface Step {
  readonly name: string;
  /** Arguments of Node, or of a command of node_modules/.bin. */
  readonly command: readonly string[];
  readonly mend?: string;
}

export const steps: readonly Step[] = [
  { name: 'unit', command: ['node', 'tools/test/main.ts', '--tier', 'unit'] },
  { name: 'structure', command: ['node', 'tools/test/main.ts', '--tier', 'structure'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types console', command: ['tsc', '-p', 'console'] },
  { name: 'lint', command: ['biome', 'lint', '.'], mend: 'npm run format mends what can be mended' },
  { name: 'format', command: ['biome', 'format', '.'], mend: 'npm run format' },
];
