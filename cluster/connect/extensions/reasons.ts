// Why an extension does not come up, in the cluster's own words: what its pods wait for, and warnings about it.
import type { ApiServer } from '../api-server.ts';

interface Pod {
  readonly metadata?: { readonly name?: string };
  readonly spec?: { readonly nodeName?: string };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}
interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly message?: string;
}
interface ContainerStatus {
  readonly name?: string;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly reason?: string; readonly exitCode?: number; readonly message?: string };
  };
}
interface KubeEvent {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
  readonly reason?: string;
  readonly message?: string;
}

const looked = 15;
const shown = 3;
const maxText = 300;

/** At most three lines; none where nothing can be seen. */
export async function whatIsWrong(
  apiServer: Pick<ApiServer, 'call'>,
  namespace: string,
  release: string,
): Promise<readonly string[]> {
  const list = async <T>(path: string): Promise<readonly T[]> => {
    const answer = (await apiServer.call({
      method: 'GET',
      path: `/api/v1/namespaces/${namespace}/${path}&limit=${looked}`,
    })) as { readonly items?: readonly T[] };
    return answer.items ?? [];
  };
  try {
    const selector = encodeURIComponent(`app.kubernetes.io/instance=${release}`);
    const fromPods = (await list<Pod>(`pods?labelSelector=${selector}`)).flatMap(ofPod);
    const warnings = await list<KubeEvent>(`events?fieldSelector=${encodeURIComponent('type=Warning')}`);
    const fromEvents = warnings
      .filter(({ involvedObject }) => involvedObject?.name?.startsWith(release) ?? false)
      .map(ofEvent);
    return [...new Set([...fromPods, ...fromEvents.reverse()])].slice(0, shown);
  } catch {
    // It only explains a failure that is told anyway.
    return [];
  }
}

function ofPod({ metadata, spec, status = {} }: Pod): readonly string[] {
  const where = spec?.nodeName === undefined ? (metadata?.name ?? 'a pod') : `node ${spec.nodeName}`;
  const { initContainerStatuses = [], containerStatuses = [], conditions = [] } = status;
  const stuck = [...initContainerStatuses, ...containerStatuses].flatMap(({ name, state }) => {
    const { waiting, terminated } = state ?? {};
    const isStarting = waiting?.reason === 'ContainerCreating' || waiting?.reason === 'PodInitializing';
    if (waiting !== undefined && !isStarting)
      return [`${name} on ${where}: ${waiting.reason}${waiting.message ? `, ${waiting.message}` : ''}`];
    if (terminated?.exitCode)
      return [`${name} on ${where}: ${terminated.reason}, exit code ${terminated.exitCode}`];
    return [];
  });
  const unplaced = conditions
    .filter(({ type, status: is }) => type === 'PodScheduled' && is === 'False')
    .map(({ message }) => `${where}: ${message}`);
  return [...stuck, ...unplaced].map(short);
}

const ofEvent = ({ involvedObject, reason, message }: KubeEvent): string =>
  short(`${involvedObject?.kind} ${involvedObject?.name}: ${reason}, ${message}`);

const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, maxText);
