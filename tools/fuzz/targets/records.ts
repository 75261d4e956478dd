// Mutated audit records through every reader of them: splitter and glance, the normaliser, and those of the clouds.
import { eksLog, normaliseEksMessage } from '@yagura/connector-aws';
import { aksLog } from '@yagura/connector-azure';
import { gkeLog } from '@yagura/connector-gcp';
import {
  createJsonSplitter,
  type LogForm,
  type NormalisedAudit,
  normaliseAudit,
} from '@yagura/connector-kubernetes';
import { sampleRecords } from '@yagura/connector-kubernetes/testing';
import { type AuditGlance, parseEvent } from '@yagura/contracts';
import { builtinRules, createEngine, type Engine, loadRuleFolder } from '@yagura/detection';
import type { FuzzTarget } from '../fuzz-target.ts';

const legacy = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1beta1',
  metadata: { creationTimestamp: '2018-10-25T15:16:02Z' },
  timestamp: '2018-10-25T15:16:02Z',
  stage: 'ResponseComplete',
  verb: 'create',
  objectRef: { resource: 'pods' },
};

const aks = (record: object): object => ({
  category: 'kube-audit',
  resourceId: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/C',
  properties: { log: JSON.stringify(record) },
});

const eks = (record: object): object => ({
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: '/aws/eks/c1/cluster',
  logStream: 'kube-apiserver-audit-0a1b',
  logEvents: [{ id: '1', timestamp: 1, message: JSON.stringify(record) }],
});

const gke = {
  insertId: 'i',
  timestamp: '2026-11-23T10:00:00.123456Z',
  resource: { type: 'k8s_cluster', labels: { project_id: 'p', location: 'l', cluster_name: 'c' } },
  labels: { 'authorization.k8s.io/decision': 'allow' },
  operation: { id: 'a', first: true, last: true },
  protoPayload: {
    serviceName: 'k8s.io',
    methodName: 'io.k8s.core.v1.pods.create',
    resourceName: 'core/v1/namespaces/default/pods/x',
    authenticationInfo: { principalEmail: 'alice@example.com' },
    requestMetadata: { callerIp: '203.0.113.9', callerSuppliedUserAgent: 'kubectl/v1.33' },
    request: { '@type': 'core.k8s.io/v1.Pod', spec: { containers: [] } },
    status: { code: 7 },
  },
};

let engine: Engine | undefined;

async function seeds(): Promise<readonly string[]> {
  engine ??= createEngine((await loadRuleFolder(builtinRules)).rules);
  const native = sampleRecords.map((record) => JSON.stringify(record));
  const other = [
    legacy,
    ...sampleRecords.map(aks),
    ...sampleRecords.slice(0, 3).map(eks),
    gke,
    { ...gke, split: { uid: 'u', index: 1, totalSplits: 2 } },
    { ...gke, operation: { id: 'a', first: true } },
    { message: { data: Buffer.from(JSON.stringify(gke)).toString('base64'), messageId: '1' } },
    { kind: 'EventList', items: sampleRecords.slice(0, 3) },
  ];
  return [
    ...native,
    ...other.map((value) => JSON.stringify(value)),
    JSON.stringify(sampleRecords[0], undefined, 2),
  ];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An event that a reader made must fit the contract, be written down, and be no surprise to a rule. */
function check(result: Readonly<{ ok: boolean }>, name: string): string {
  if (!result.ok) return '';
  const { event } = result as Extract<NormalisedAudit, { ok: true }>;
  const parsed = parseEvent(JSON.parse(JSON.stringify(event)));
  if (!parsed.ok) throw new Error(`the event of ${name} breaks the contract: ${parsed.message}`);
  engine?.evaluate(event);
  return ` ${name}`;
}

function checkPieces(text: string): string {
  const made = new Set<string>();
  const isRuledOut = (glance: AuditGlance): boolean => engine?.mayMatch(glance) === false;
  const splitter = createJsonSplitter({
    isRuledOut,
    onPiece: (piece) => {
      if (!piece.ok) return;
      const result = normaliseAudit(piece.value);
      if (piece.isAuditRecord && !result.ok)
        throw new Error(`a glance took it for a record, and it is ${result.reason}`);
      made.add(check(result, 'native'));
    },
  });
  splitter.push(Buffer.from(text));
  splitter.end();
  return [...made].join('');
}

/** What a form holds back is asked for at the end, so that each input stands alone. */
function checkForm(form: LogForm, value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  const reader = form.open({});
  const records = [...(reader.read(value as Readonly<Record<string, unknown>>) ?? []), ...reader.end()];
  return records.some((record) => check(record, form.provider) !== '') ? ` ${form.provider}` : '';
}

function run(text: string): string {
  const value = parse(text);
  const kinds = [
    checkPieces(text),
    check(normaliseEksMessage(text), 'message'),
    ...[aksLog, eksLog, gkeLog].map((form) => checkForm(form, value)),
  ];
  return `events:${kinds.join('') || ' none'}`;
}

export const recordsTarget: FuzzTarget = {
  describe: 'mutated audit records through the splitter, the normalisers of all clouds and the rules',
  seeds,
  words: [
    '"verb":"create",',
    '"objectRef":{"resource":"pods"},',
    '"user":null,',
    '"stage":"ResponseStarted",',
    '"items":[',
    '"annotations":{},',
    '"v\\u0065rb"',
    '\\u0000',
    '\\ud800',
    '[[[[[[[[',
    '{"a":{"a":{"a":',
    '1e999',
    '-0',
    'null',
    'true',
    '""',
    '__proto__',
    '[Truncated...]',
    'skipped-too-big-size-object',
  ],
  longest: 64 * 1024,
  run,
};
