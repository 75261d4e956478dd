// The one list of memories: which of them a correlation needs.
import type { Correlation } from './correlation.ts';
import type { MemoryLimits } from './memory-limits.ts';
import { createNoveltyMemory } from './novelty-memory.ts';
import { createSequenceMemory } from './sequence-memory.ts';
import type { Memory } from './sighting.ts';
import { createThresholdMemory } from './threshold-memory.ts';

export function createMemory(correlation: Correlation, limits?: MemoryLimits): Memory {
  switch (correlation.type) {
    case 'threshold':
      return createThresholdMemory(correlation, limits);
    case 'sequence':
      return createSequenceMemory(correlation, limits);
    case 'novelty':
      return createNoveltyMemory(correlation, limits);
  }
}
