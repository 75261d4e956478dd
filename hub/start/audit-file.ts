// Follows the audit file of an API server on this machine, if one is set.
import { join } from 'node:path';
import { shortHash } from '@yagura/kit';
import type { HubConfig } from '../config.ts';
import { type AuditFileOptions, followAuditFile } from '../ingest/follow-audit-file.ts';

export type AuditFileStart = Pick<AuditFileOptions, 'eventLog' | 'contacts' | 'db' | 'clock' | 'log'> & {
  readonly config: Pick<HubConfig, 'auditFile' | 'auditCluster'>;
  readonly dataFolder: string;
};

export function startAuditFile({ config, dataFolder, ...parts }: AuditFileStart): AsyncDisposable {
  const { auditFile: path, auditCluster: cluster } = config;
  if (path === undefined || cluster === undefined) return { [Symbol.asyncDispose]: async () => undefined };
  const abort = new AbortController();
  // Another file or another cluster begins at its own place.
  const checkpointPath = join(dataFolder, 'event-log', `audit-${shortHash(`${cluster}\n${path}`)}.json`);
  const following = followAuditFile({ ...parts, path, cluster, checkpointPath, signal: abort.signal }).catch(
    (error: unknown) => parts.log.error({ err: error, path }, 'the audit file is no longer followed'),
  );
  return {
    async [Symbol.asyncDispose]() {
      abort.abort();
      await following;
    },
  };
}
