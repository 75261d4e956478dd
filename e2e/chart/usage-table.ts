// What each part uses beside its limit, as a table of Markdown.
import type { ContainerGroup, Usage } from './container-group.ts';

export interface Sample {
  readonly part: string;
  readonly when: string;
  readonly before: Usage;
  readonly after: Usage;
  readonly seconds: number;
  readonly limits: Awaited<ReturnType<ContainerGroup['limits']>>;
}

const mebibytes = (bytes: number): string => String(Math.round(bytes / 1024 / 1024));

export const usageRow = ({ part, when, before, after, seconds, limits }: Sample): string => {
  const cpuMillis = (after.cpuMs - before.cpuMs) / seconds;
  const cells = [
    part,
    when,
    `${cpuMillis.toFixed(0)} of ${limits.cpuMillis.toFixed(0)}`,
    `${((after.throttledMs - before.throttledMs) / seconds / 10).toFixed(0)} %`,
    mebibytes(after.anonymousBytes),
    `${mebibytes(after.memoryPeakBytes)} of ${mebibytes(limits.memoryBytes)}`,
  ];
  return `| ${cells.join(' | ')} |`;
};

export const usageHead =
  '| part | when | CPU, millicores | time throttled | memory of its own, MiB | peak with files, MiB |\n| --- | --- | --- | --- | --- | --- |';
