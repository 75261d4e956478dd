// Everything that can go wrong in the kit, with what to do about it.

export const errorCodes = {
  CONFIG_INVALID: {
    meaning: 'A setting is missing, unknown or has a value that does not fit.',
    mend: 'Change the setting that the message names; `--help` lists all of them.',
  },
  CONFIG_UNREADABLE: {
    meaning: 'The configuration file cannot be read or is not YAML.',
    mend: 'Check the path, its permissions and the line that the message names.',
  },
  QUEUE_IN_USE: {
    meaning: 'Another process has this queue open.',
    mend: 'End the other process, or give this one a data folder of its own.',
  },
  QUEUE_NEWER: {
    meaning: 'The queue file was written by a newer version.',
    mend: 'Start the newer version again, or move the file away to begin with an empty queue.',
  },
  QUEUE_UNWRITABLE: {
    meaning: 'The queue file cannot be opened or written: the disk is full, read-only or not ours.',
    mend: 'Free space on the disk, or mend the permissions of the data folder; nothing that was acknowledged is lost.',
  },
  BODY_TOO_LARGE: {
    meaning: 'A body is larger than its limit, as sent or after decompression.',
    mend: 'Send less at once.',
  },
  BODY_UNREADABLE: {
    meaning: 'A body was cut short, or is not what its encoding says.',
    mend: 'Send it again whole, with the right Content-Encoding.',
  },
  ENCODING_UNKNOWN: {
    meaning: 'A Content-Encoding other than zstd, gzip or identity.',
    mend: 'Use zstd, gzip or identity.',
  },
  REQUEST_FAILED: {
    meaning: 'The other side could not be reached, or the connection broke.',
    mend: 'Check address, port, firewall and, for TLS errors, the certificate authority.',
  },
  REQUEST_TIMEOUT: {
    meaning: 'The other side did not answer in time.',
    mend: 'Check that it is up and not overloaded.',
  },
} as const;

export type KitErrorCode = keyof typeof errorCodes;

export class KitError extends Error {
  override readonly name: string = 'KitError';
  readonly code: KitErrorCode;
  readonly mend: string;

  constructor(code: KitErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.mend = errorCodes[code].mend;
  }
}

/** A setting that does not fit: `key` is its name in the schema, `origin` where its value came from. */
export class ConfigError extends KitError {
  override readonly name = 'ConfigError';
  readonly key: string;
  readonly origin: string;

  constructor(key: string, origin: string, problem: string) {
    super('CONFIG_INVALID', `${key} (${origin}): ${problem}`);
    this.key = key;
    this.origin = origin;
  }
}
