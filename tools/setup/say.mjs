// The voice of the set-up: one short line per thing that is done, on standard error.
import process from 'node:process';

export const say = (text) => {
  process.stderr.write(`yagura: ${text}\n`);
};

/** Says what begins, then every ten seconds that it still goes on, and at the end how long it took. */
export const during = async (what, work) => {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  say(`${what} …`);
  const ticker = setInterval(() => say(`${what} … ${seconds()} s`), 10_000);
  try {
    const result = await work();
    say(`${what}: ${result === false ? 'failed' : 'done'} in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(ticker);
  }
};
