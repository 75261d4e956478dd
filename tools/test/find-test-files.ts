// Finds every test file of the house.
import { glob } from 'node:fs/promises';

const isOutside = (path: string): boolean => /(^|\/)(node_modules|dist|build|\.git)$/.test(path);

export const findTestFiles = async (root: string): Promise<readonly string[]> => {
  const files: string[] = [];
  for await (const file of glob('**/*.test.ts', { cwd: root, exclude: isOutside })) files.push(file);
  return files.sort();
};
