// Everything that can go wrong between an agent and its hub, with what to do about it.

export const errorCodes = {
  AUTHORITY_UNREADABLE: {
    meaning: "The file with the hub's certificate authority is missing or holds no certificate.",
    mend: "Give --authority the PEM file that the hub shows for registration (`authority.pem` in the hub's data).",
  },
  TOKEN_MISSING: {
    meaning: 'This agent has no valid certificate and no registration token to get one.',
    mend: 'Set YAGURA_REGISTRATION_TOKEN or --token-file to a registration token of the workspace.',
  },
  REGISTRATION_REFUSED: {
    meaning: 'The hub does not accept this registration or renewal.',
    mend: 'Check workspace and registration token; make a new token on the hub if it was taken back or has expired.',
  },
  HUB_UNUSABLE: {
    meaning: 'The hub cannot be reached, or its answer cannot be used.',
    mend: 'Check --hub (its host must be among --agent-names of the hub), the network (and proxy) between agent and hub, this machine’s clock, and that --authority belongs to this hub.',
  },
} as const;

export type AgentErrorCode = keyof typeof errorCodes;

export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly code: AgentErrorCode;
  readonly mend: string;

  constructor(code: AgentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.mend = errorCodes[code].mend;
  }
}
