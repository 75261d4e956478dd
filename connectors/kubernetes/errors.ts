// Every error of the Kubernetes connector that a caller can do something about.

export const errorCodes = {
  AUDIT_FILE_UNREADABLE: {
    meaning: 'The audit log file exists but cannot be read.',
    mend: 'Give the user that runs Yagura read permission on the file and search permission on its folder.',
  },
  AUDIT_CHECKPOINT_UNWRITABLE: {
    meaning: 'The checkpoint that remembers how far the audit log was read cannot be written.',
    mend: 'Make the folder of the checkpoint writable and see that its disk is not full.',
  },
} as const;
export type ConnectorErrorCode = keyof typeof errorCodes;

export class ConnectorError extends Error {
  readonly code: ConnectorErrorCode;
  readonly mend: string;

  constructor(code: ConnectorErrorCode, detail: string, options?: ErrorOptions) {
    super(`${errorCodes[code].meaning} ${detail}`, options);
    this.name = 'ConnectorError';
    this.code = code;
    this.mend = errorCodes[code].mend;
  }
}
