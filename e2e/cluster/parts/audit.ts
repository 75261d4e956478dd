// The API server's flags for its audit log.

export interface AuditOptions {
  readonly policyFile: string;
  readonly file?: {
    readonly path: string;
    /** Megabytes before it is rotated. */
    readonly maxSizeMb?: number;
    readonly maxBackups?: number;
  };
  readonly webhook?: { readonly kubeconfigFile: string };
}

export const auditFlags = (audit: AuditOptions | undefined): readonly string[] => {
  if (audit === undefined) return [];
  const { policyFile, file, webhook } = audit;
  return [
    `--audit-policy-file=${policyFile}`,
    ...(file === undefined
      ? []
      : [
          `--audit-log-path=${file.path}`,
          `--audit-log-maxsize=${file.maxSizeMb ?? 100}`,
          `--audit-log-maxbackup=${file.maxBackups ?? 5}`,
        ]),
    ...(webhook === undefined
      ? []
      : [
          `--audit-webhook-config-file=${webhook.kubeconfigFile}`,
          '--audit-webhook-mode=batch',
          '--audit-webhook-batch-max-wait=100ms',
          '--audit-webhook-batch-buffer-size=20000',
          '--audit-webhook-truncate-enabled',
        ]),
  ];
};
