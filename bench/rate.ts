// Rates of some jobs in turns, by the processor time of their thread, so that a busy machine changes little.

export interface Job {
  /** Returns how many events it went through. */
  readonly run: () => number;
}

const rounds = 9;
const warmUps = 3;

const processorMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

function once(job: Job): number {
  const started = processorMs();
  const events = job.run();
  return (events / (processorMs() - started)) * 1000;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Events per second of each, the median of some rounds. */
export function ratesInTurns(jobs: readonly Job[]): readonly number[] {
  for (let round = 0; round < warmUps; round += 1) for (const job of jobs) once(job);
  const rates = jobs.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, job] of jobs.entries()) rates[index]?.push(once(job));
  return rates.map(median);
}
