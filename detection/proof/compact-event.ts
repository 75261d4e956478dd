// Test events in short form: what a case is about, filled up to a whole event of the contract.
import { type Event, parseEvent } from '@yagura/contracts';
import { isRecord } from '../fields/outside-value.ts';
import { didYouMean } from '../language/suggestion.ts';

/** `process:` – a process start on a node; strings where a person would write them. */
export interface CompactProcess {
  readonly name: string;
  readonly path?: string;
  readonly args?: readonly string[];
  /** Names of the ancestors, the parent first; or whole ancestors. */
  readonly parents?: readonly (string | Readonly<Record<string, unknown>>)[];
  /** `false`: on the node itself. */
  readonly container?: string | false;
  readonly image?: string;
  /** The container runs privileged. */
  readonly privileged?: boolean;
  readonly namespace?: string;
  readonly pod?: string;
  readonly uid?: number;
  readonly upperLayer?: boolean;
  readonly memfd?: boolean;
  readonly stdin?: unknown;
  readonly stdout?: unknown;
  readonly stderr?: unknown;
  readonly pipedFrom?: string;
  readonly pipedTo?: string;
  readonly cwd?: string;
  readonly tty?: number;
}

/** `open:` – a file that a process opens, with the process in the words of `process:`. */
export interface CompactOpen extends CompactProcess {
  readonly file: string;
  /** To read unless told otherwise. */
  readonly write?: boolean;
  readonly read?: boolean;
  readonly created?: boolean;
  readonly call?: string;
}

/** `audit:` – a request to an API server. */
export interface CompactAudit {
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly group?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly user?: string;
  readonly groups?: readonly string[];
  readonly code?: number;
  readonly stage?: string;
  readonly uri?: string;
  readonly agent?: string;
  readonly from?: string;
  readonly impersonated?: unknown;
  /** Message of the answer's status. */
  readonly message?: string;
  readonly provider?: string;
  readonly id?: string;
  readonly request?: unknown;
  readonly response?: unknown;
  /** The bodies were left out on the way. */
  readonly cut?: boolean;
}

const baseTime = Date.parse('2026-05-04T10:00:00Z');
const timeOf = (index: number): string => new Date(baseTime + index * 1000).toISOString();

const wordProcess = [
  'name',
  'path',
  'args',
  'parents',
  'container',
  'image',
  'privileged',
  'namespace',
  'pod',
  'uid',
  'upperLayer',
  'memfd',
  'stdin',
  'stdout',
  'stderr',
  'pipedFrom',
  'pipedTo',
  'cwd',
  'tty',
] as const satisfies readonly (keyof CompactProcess)[];
const wordOpen = [
  ...wordProcess,
  ...(['file', 'write', 'read', 'created', 'call'] as const),
] as const satisfies readonly (keyof CompactOpen)[];
const wordAudit = [
  'verb',
  'resource',
  'subresource',
  'group',
  'namespace',
  'name',
  'user',
  'groups',
  'code',
  'stage',
  'uri',
  'agent',
  'from',
  'impersonated',
  'message',
  'provider',
  'id',
  'request',
  'response',
  'cut',
] as const satisfies readonly (keyof CompactAudit)[];

const definedOnly = (value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));

function expandPlace(compact: CompactProcess): Record<string, unknown> {
  if (compact.container === false) return {};
  const name = compact.container ?? 'app';
  return {
    container: definedOnly({
      id: `${Buffer.from(name).toString('hex')}${'0'.repeat(64)}`.slice(0, 64),
      name,
      image: compact.image ?? 'docker.io/library/app:1',
      runtime: 'containerd',
      privileged: compact.privileged,
    }),
    ...(compact.namespace === undefined && compact.pod === undefined
      ? {}
      : { pod: { name: compact.pod ?? name, namespace: compact.namespace ?? 'default' } }),
  };
}

function expandProcess(compact: CompactProcess, index: number): Record<string, unknown> {
  const { name, uid = 0 } = compact;
  const ancestors = (compact.parents ?? []).map((parent, step) =>
    typeof parent === 'string' ? { pid: 900 - step, name: parent } : { pid: 900 - step, ...parent },
  );
  return {
    kind: 'process.started',
    id: `test/${index}`,
    time: timeOf(index),
    node: 'node-1',
    cluster: 'test',
    ...expandPlace(compact),
    process: definedOnly({
      pid: 1000 + index,
      tid: 1000 + index,
      ppid: 900,
      uid,
      gid: uid,
      name: name.slice(0, 15),
      executable: definedOnly({
        path: compact.path ?? `/usr/bin/${name}`,
        upperLayer: compact.upperLayer ?? false,
        memfd: compact.memfd,
      }),
      args: compact.args ?? [name],
      argsCut: false,
      capabilities: '00000000a80425fb',
      cgroupId: '4242',
      namespaces: {},
      stdin: compact.stdin,
      stdout: compact.stdout,
      stderr: compact.stderr,
      pipedFrom: compact.pipedFrom,
      pipedTo: compact.pipedTo,
      cwd: compact.cwd,
      tty: compact.tty,
    }),
    ancestors,
  };
}

function expandOpen(compact: CompactOpen, index: number): unknown {
  const write = compact.write ?? false;
  return {
    ...expandProcess(compact, index),
    kind: 'file.opened',
    file: {
      path: compact.file,
      upperLayer: false,
      read: compact.read ?? !write,
      write,
      created: compact.created ?? false,
      call: compact.call ?? 'openat',
      descriptor: 3,
    },
  };
}

const codeByVerb: Readonly<Record<string, number>> = { create: 201 };

function expandAudit(compact: CompactAudit, index: number): unknown {
  const auditID = compact.id ?? `request-${index}`;
  const stage = compact.stage ?? 'ResponseComplete';
  const { namespace, name, resource, subresource, group } = compact;
  return {
    kind: 'api.requested',
    id: `test/${auditID}/${stage}`,
    time: timeOf(index),
    cluster: 'test',
    provider: compact.provider ?? 'kubernetes',
    quality: compact.cut === true ? { truncated: true } : {},
    request: definedOnly({
      auditID,
      stage,
      level: compact.request === undefined && compact.cut !== true ? 'Metadata' : 'RequestResponse',
      verb: compact.verb,
      requestURI: compact.uri,
      user: { username: compact.user ?? 'alice', groups: compact.groups ?? ['system:authenticated'] },
      sourceIPs: [compact.from ?? '203.0.113.7'],
      userAgent: compact.agent ?? 'kubectl/v1.34.0 (linux/amd64)',
      objectRef: definedOnly({ resource, subresource, namespace, name, apiGroup: group, apiVersion: 'v1' }),
      impersonatedUser: compact.impersonated,
      responseStatus: definedOnly({
        code: compact.code ?? codeByVerb[compact.verb] ?? 200,
        message: compact.message,
      }),
      requestObject: compact.request,
      responseObject: compact.response,
      // Records of one id are stages of one request.
      requestReceivedTimestamp: timeOf(compact.id === undefined ? index : 0),
      stageTimestamp: timeOf(index),
    }),
  };
}

export type ExpandedEvent =
  | { readonly ok: true; readonly event: Event }
  | { readonly ok: false; readonly message: string };

const words = { process: wordProcess, open: wordOpen, audit: wordAudit } as const;
const forms: readonly string[] = [...Object.keys(words), 'event'];

function unknownKey(value: Record<string, unknown>, known: readonly string[]): string | undefined {
  const key = Object.keys(value).find((word) => !known.includes(word));
  return key === undefined ? undefined : `unknown key "${key}" in a test event${didYouMean(key, known)}`;
}

function mistypedKey(entry: Record<string, unknown>): string | undefined {
  const inside = Object.entries(words).map(([form, known]) => {
    const compact = entry[form];
    return isRecord(compact) ? unknownKey(compact, known) : undefined;
  });
  return [...inside, unknownKey(entry, forms)].find((found) => found !== undefined);
}

/** Takes `process:`, `open:`, `audit:` or a whole `event:`; the result has passed the contract's own parser. */
export function expandEvent(entry: unknown, index: number): ExpandedEvent {
  if (!isRecord(entry))
    return { ok: false, message: 'an event is a mapping with `process`, `open`, `audit` or `event`' };
  const { process, open, audit, event } = entry;
  const mistyped = mistypedKey(entry);
  if (mistyped !== undefined) return { ok: false, message: mistyped };
  if (isRecord(process) && typeof process['name'] === 'string')
    return checked(expandProcess(process as unknown as CompactProcess, index));
  if (isRecord(open) && typeof open['name'] === 'string' && typeof open['file'] === 'string')
    return checked(expandOpen(open as unknown as CompactOpen, index));
  if (isRecord(audit) && typeof audit['verb'] === 'string')
    return checked(expandAudit(audit as unknown as CompactAudit, index));
  if (event !== undefined) return checked(event);
  return {
    ok: false,
    message:
      'an event is `process:` with a name, `open:` with a name and a file, `audit:` with a verb, or a whole `event:`',
  };
}

function checked(value: unknown): ExpandedEvent {
  const parsed = parseEvent(value);
  return parsed.ok ? parsed : { ok: false, message: parsed.message };
}
