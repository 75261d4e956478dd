// What can go wrong outside of the rules themselves; mistakes in rules are problems with a place, never errors.

export const errorCodes = {
  RULE_FOLDER_UNREADABLE: {
    meaning: 'A folder of rules is not there, or may not be read.',
    mend: 'Check the path, and that the user who runs the program may read the folder and its files.',
  },
  LIST_FOLDER_UNREADABLE: {
    meaning: 'A folder of lists is not there, may not be read, or holds a file that is too large.',
    mend: 'Check the path given as `--lists`, and that the user who runs the program may read the folder and its files.',
  },
} as const;

export type DetectionErrorCode = keyof typeof errorCodes;

export class DetectionError extends Error {
  override readonly name = 'DetectionError';
  readonly code: DetectionErrorCode;
  readonly mend: string;

  constructor(code: DetectionErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.mend = errorCodes[code].mend;
  }
}
