// Every file fits one of the patterns that its room declares.
import { matchesGlob } from 'node:path';
import { roomOf } from '../../house/house.ts';
import type { Check } from '../check.ts';
import { patterns } from '../patterns.ts';

export const knownFiles: Check = {
  rule: 'every file fits a pattern of its room (tools/structure/patterns.ts)',
  problems: (house) =>
    house.files
      .filter((file) => {
        const room = file.includes('/') ? roomOf(file) : '.';
        return !(patterns[room] ?? []).some((pattern) => matchesGlob(file, pattern));
      })
      .map((file) => `${file}: no pattern knows it`),
};

export const livePatterns: Check = {
  rule: 'every pattern fits a file',
  problems: (house) =>
    Object.values(patterns)
      .flat()
      .filter((pattern) => !house.files.some((file) => matchesGlob(file, pattern)))
      .map((pattern) => `${pattern} fits no file`),
};
