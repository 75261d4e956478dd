// What is installed, by the Secrets in which Helm keeps a release: one for each revision, told apart by labels.
import type { ApiServer } from '../api-server.ts';

/** Label of a revision that the agent adds: for which wish it was made. */
export const wishLabel = 'yagura-wish';

export interface Revision {
  readonly revision: number;
  /** Helm's own words: deployed, superseded, failed, pending-install, pending-upgrade, pending-rollback, uninstalling … */
  readonly status: string;
  readonly wish?: string;
}

interface SecretList {
  readonly items?: readonly { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } }[];
}

const maxRevisions = 50;

/** Oldest first. Without the Secrets' content, which is large and none of our business. */
export async function readRevisions(
  apiServer: Pick<ApiServer, 'call'>,
  namespace: string,
  release: string,
): Promise<readonly Revision[]> {
  const selector = encodeURIComponent(`owner=helm,name=${release}`);
  const list = (await apiServer.call({
    method: 'GET',
    path: `/api/v1/namespaces/${namespace}/secrets?labelSelector=${selector}&limit=${maxRevisions}`,
    headers: { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' },
  })) as SecretList;
  return (list.items ?? [])
    .flatMap(({ metadata: { labels = {} } = {} }) => {
      const { version, status = '', [wishLabel]: wish } = labels;
      const revision = Number(version);
      return Number.isInteger(revision)
        ? [{ revision, status, ...(wish === undefined ? {} : { wish }) }]
        : [];
    })
    .sort((a, b) => a.revision - b.revision);
}
