// The list of all fuzz targets: a new one is a file here and a line.
import type { FuzzTarget } from '../fuzz-target.ts';
import { recordsTarget } from './records.ts';
import { rulesTarget } from './rules.ts';

export const targets: Readonly<Record<string, FuzzTarget>> = {
  records: recordsTarget,
  rules: rulesTarget,
};
