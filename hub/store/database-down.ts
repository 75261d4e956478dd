// Tells "the database is away just now", which mends itself, from every other error.

/** SQLSTATE classes of a lost connection, a shutdown or start in progress, and a server without free connections. */
const sqlStates = /^(08...|57P0[123]|53300)$/;
const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** node-postgres gives these no code. */
const messages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|connection timeout/i;

export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as Error & { code?: unknown; syscall?: unknown };
  // Several addresses of one name were tried.
  if (error instanceof AggregateError) return error.errors.some(isDatabaseDown);
  if (typeof code === 'string') return sqlStates.test(code) || (systemCodes.has(code) && syscall !== 'open');
  return messages.test(error.message);
}
