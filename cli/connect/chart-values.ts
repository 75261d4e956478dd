// What a connection is as values of the chart `yagura`, for those who install with Helm.
import { readerRole } from '@yagura/contracts';
import type { Grants } from './access-objects.ts';
import type { OwnerValues } from './owner-values.ts';

export interface ConnectionWish {
  readonly hub: string;
  /** PEM of the hub's authority. */
  readonly authority: string;
  readonly workspace: string;
  readonly cluster: string;
  readonly token: string;
  readonly grants: Grants;
  readonly proxy?: string | undefined;
  readonly extensions?: OwnerValues | undefined;
}

/** Only what the connection needs: the sensor's values are somebody else's. */
export function chartValues(wish: ConnectionWish): object {
  const { hub: url, authority, workspace, cluster, token, proxy, extensions } = wish;
  // The chart has a ClusterRole of its own for the reader.
  const grants = Object.fromEntries(
    [...wish.grants].filter(([role, name]) => role !== readerRole || name !== role),
  );
  return {
    cluster,
    hub: { url, workspace, authority, ...(proxy === undefined ? {} : { proxy }) },
    connect: {
      ...{ enabled: true, registration: { token }, grants },
      ...(extensions === undefined ? {} : { extensions: { enabled: true, values: extensions } }),
    },
  };
}
