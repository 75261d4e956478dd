// Rates of some jobs in turns, by the processor time of their thread, so that a busy machine changes little.

export interface Job {
  /** Returns how many events it went through. */
  readonly run: () => number;
}

const rounds = 9;
/** The compiler of JavaScript has settled after some six. */
const warmUps = 8;
/** A thread's clock may move in steps of 4 ms. */
const roundMs = 200;

const processorMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

function once(job: Job): number {
  const started = processorMs();
  let events = 0;
  let elapsedMs = 0;
  while (elapsedMs < roundMs) {
    events += job.run();
    elapsedMs = processorMs() - started;
  }
  return (events / elapsedMs) * 1000;
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
