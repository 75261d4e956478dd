// Every error of the command line that its user can do something about.

export const errorCodes = {
  FILE_UNREADABLE: {
    meaning: 'A file cannot be read.',
    mend: 'See that the path is right and that you may read it.',
  },
  HUB_UNKNOWN: {
    meaning: 'It is not known which hub to ask, or with which token.',
    mend: 'Start one here with `yagura start`, or name one with --url and --token-file (or YAGURA_URL and YAGURA_TOKEN).',
  },
  HUB_UNREACHABLE: {
    meaning: 'The hub does not answer.',
    mend: 'See that it runs (`yagura start`) and that the address is right (--url).',
  },
  HUB_UNTRUSTED: {
    meaning: 'The certificate of the hub is not trusted, or is for another name.',
    mend: 'Name its authority with --url-ca (or YAGURA_URL_CA), and the hub with --url as its certificate does.',
  },
  HUB_REFUSED: {
    meaning: 'The hub refused the request.',
    mend: 'Read what it says; for 401 and 403 use a token whose role allows it.',
  },
  CLUSTER_UNREACHABLE: {
    meaning: 'No request reaches the API server of this cluster just now.',
    mend: 'See `yagura clusters list`; connect one with `yagura connect kubernetes`, or look at the log of its agent.',
  },
  DATA_IN_USE: {
    meaning: 'Another `yagura start` runs on the same data folder.',
    mend: 'End it first, or choose another folder with --data.',
  },
  DATA_UNWRITABLE: {
    meaning: 'The data folder cannot be written.',
    mend: 'Choose a folder that you may write with --data, or make room on its disk.',
  },
  PORT_IN_USE: {
    meaning: 'A port that the hub listens on is taken by another program.',
    mend: 'End that program, or choose other addresses with --api and --agents.',
  },
  PROGRAM_FAILED: {
    meaning: 'A part of Yagura ended before it was ready.',
    mend: 'Read its log in the logs folder of the data folder; `yagura doctor` tells what this machine lacks.',
  },
  ROOT_NEEDED: {
    meaning: 'The command needs root on this machine.',
    mend: 'Run it as root, for example with sudo.',
  },
  TOOLS_MISSING: {
    meaning: 'Programs that the command needs are not installed.',
    mend: 'Install what it names; `yagura doctor` lists everything that is missing.',
  },
  OPTION_INVALID: {
    meaning: 'An option has a value that does not fit.',
    mend: 'Use --help to see what the command takes.',
  },
} as const;
export type CliErrorCode = keyof typeof errorCodes;

export class CliError extends Error {
  readonly code: CliErrorCode;
  readonly mend: string;

  constructor(code: CliErrorCode, detail: string, options?: ErrorOptions & { readonly mend?: string }) {
    super(detail, options);
    this.name = 'CliError';
    this.code = code;
    this.mend = options?.mend ?? errorCodes[code].mend;
  }
}
