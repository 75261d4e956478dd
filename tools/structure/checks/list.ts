// The one list of structure checks.
import type { Check } from '../check.ts';
import { circles } from './circles.ts';
import { dependencies, exportedFiles } from './dependencies.ts';
import { fileLength, fileNames, firstGaps, firstLines, namedExports } from './files.ts';
import { floors, roomsHaveFloors } from './floors.ts';
import { knownFiles, livePatterns } from './patterns.ts';
import { liveExceptions, processUse } from './process-use.ts';
import { listedUnits } from './unit-lists.ts';

export const checks: readonly Check[] = [
  roomsHaveFloors,
  floors,
  circles,
  dependencies,
  exportedFiles,
  knownFiles,
  livePatterns,
  listedUnits,
  fileLength,
  fileNames,
  firstLines,
  firstGaps,
  namedExports,
  processUse,
  liveExceptions,
];
