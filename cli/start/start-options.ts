// What `yagura start` is asked for.

export interface StartOptions {
  readonly data?: string;
  readonly api: string;
  readonly agents: string;
  readonly sensor: boolean;
  readonly scope?: string;
  readonly rules?: readonly string[];
  readonly lists?: readonly string[];
  readonly agentNames?: readonly string[];
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly publicUrl?: string;
  readonly auditFile?: string;
  readonly auditCluster: string;
  readonly verbose?: boolean;
}
