// On how many nodes an installed extension is ready just now.
import type { ApiServer } from '../api-server.ts';
import { whatIsWrong } from './reasons.ts';

interface DaemonSet {
  readonly metadata?: { readonly name?: string };
  readonly status?: { readonly desiredNumberScheduled?: number; readonly numberReady?: number };
}

/** What is not ready and why; `undefined` where everything is. */
export async function whatIsNotReady(
  apiServer: Pick<ApiServer, 'call'>,
  namespace: string,
  release: string,
): Promise<string | undefined> {
  const selector = encodeURIComponent(`app.kubernetes.io/instance=${release}`);
  const path = `/apis/apps/v1/namespaces/${namespace}/daemonsets?labelSelector=${selector}&limit=20`;
  const { items = [] } = (await apiServer.call({ method: 'GET', path })) as {
    readonly items?: readonly DaemonSet[];
  };
  const short = items.flatMap(({ metadata, status }) => {
    const { desiredNumberScheduled: wanted = 0, numberReady: ready = 0 } = status ?? {};
    return ready < wanted ? [`${metadata?.name} is ready on ${ready} of ${wanted} nodes`] : [];
  });
  if (short.length === 0) return undefined;
  return [...short, ...(await whatIsWrong(apiServer, namespace, release))].join('; ');
}
