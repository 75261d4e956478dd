// Structured logs: JSON lines on standard error, secrets left out.
import { type DestinationStream, destination as fileDestination, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

const secretKeys = [
  'token',
  'secret',
  'password',
  'authorization',
  'cookie',
  'set-cookie',
  'key',
  'privateKey',
];

/** Keys at the top and one and two levels below; deeper secrets must not be logged at all. */
const redactPaths = secretKeys.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]);

export interface LoggerOptions {
  readonly name: string;
  /** `trace`, `debug`, `info` (default), `warn`, `error`, `fatal` or `silent`. */
  readonly level?: string;
  /** Where lines go; standard error by default. */
  readonly destination?: DestinationStream;
}

export function createLogger({ name, level = 'info', destination }: LoggerOptions): Logger {
  return pino(
    {
      name,
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactPaths, censor: '[redacted]' },
    },
    // Synchronous, so that the last line before an end is there.
    destination ?? fileDestination({ dest: 2, sync: true }),
  );
}
