// Findings against OCSF's own schema, and what is mapped to where.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { alertChangeKinds } from '@yagura/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ExportedAlert } from '../alert-format.ts';
import { inputOf, sampleAlerts } from '../testing.ts';
import { ocsf } from './format.ts';

const corpora =
  process.env['YAGURA_CORPORA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpora');
const schemaFile = join(corpora, 'ocsf', 'ocsf-1.7.0.schema.json');

type Finding = Record<string, unknown> & {
  readonly actor: { readonly user: object };
  readonly evidences: readonly { readonly process: Record<string, unknown> }[];
};
const findingOf = (alert: ExportedAlert | undefined): Finding => {
  assert.ok(alert);
  return JSON.parse(ocsf.write(inputOf(alert)));
};

test('every finding fits the schema of OCSF 1.7, whatever the alert', (t) => {
  if (!existsSync(schemaFile)) {
    t.skip(`no ${schemaFile}: set YAGURA_CORPORA to a folder that holds ocsf/ocsf-1.7.0.schema.json`);
    return;
  }
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: {} });
  ajv.addSchema(JSON.parse(readFileSync(schemaFile, 'utf8')), 'ocsf');
  const validate = ajv.getSchema('ocsf#/$defs/class:detection_finding');
  assert.ok(validate);
  for (const alert of sampleAlerts)
    for (const change of alertChangeKinds) {
      const finding = JSON.parse(ocsf.write(inputOf(alert, { change })));
      assert.ok(validate(finding), `${alert.id} ${change}: ${JSON.stringify(validate.errors?.slice(0, 5))}`);
    }
  assert.ok(!validate({ ...findingOf(sampleAlerts[0]), yagura: 1 }), 'the validator refuses what is unknown');
});

test('an audit alert carries who, what and to which resource', () => {
  const finding = findingOf(sampleAlerts[0]);
  assert.deepEqual(finding.actor.user, {
    name: 'alice',
    uid: '7',
    groups: [{ name: 'system:authenticated' }],
  });
  assert.deepEqual(finding['finding_info'], {
    ...{ uid: 'a1', title: 'Exec into a pod', desc: 'Shells.', types: ['Execution', 'Lateral Movement'] },
    data_sources: ['k8s_audit'],
    analytic: { type_id: 1, type: 'Rule', uid: 'exec-into-pod', name: 'Exec into a pod', version: 'v1' },
    attacks: [
      {
        technique: { uid: 'T1609', src_url: 'https://attack.mitre.org/techniques/T1609/' },
        ...{ tactics: tactics(), version: '17' },
      },
      {
        technique: { uid: 'T1098', src_url: 'https://attack.mitre.org/techniques/T1098/' },
        sub_technique: { uid: 'T1098.006', src_url: 'https://attack.mitre.org/techniques/T1098/006/' },
        ...{ tactics: tactics(), version: '17' },
      },
    ],
    src_url: 'https://yagura.example/alerts/a1',
    first_seen_time: Date.parse('2026-01-02T03:04:05.123Z'),
    last_seen_time: Date.parse('2026-01-02T04:04:05Z'),
    modified_time: Date.parse('2026-01-02T04:04:05Z'),
  });
  assert.deepEqual([finding['severity_id'], finding['status_id'], finding['count']], [3, 1, 3]);
});

const tactics = () => [
  { uid: 'TA0002', name: 'Execution', src_url: 'https://attack.mitre.org/tactics/TA0002/' },
  { uid: 'TA0008', name: 'Lateral Movement', src_url: 'https://attack.mitre.org/tactics/TA0008/' },
];

test('a node alert carries process, parent, container and device', () => {
  const process = findingOf(sampleAlerts[1]).evidences[0]?.process ?? {};
  assert.equal(process['cmd_line'], 'bash -i');
  assert.equal((process['parent_process'] as { name: string }).name, 'nginx');
  assert.equal((process['container'] as { name: string }).name, 'web');
  assert.deepEqual(process['user'], { uid: '0', name: 'root' });
});

test('how it was closed becomes status and verdict', () => {
  const finding = findingOf(sampleAlerts[2]);
  assert.deepEqual(
    [finding['status'], finding['verdict'], finding['verdict_id']],
    ['Suppressed', 'False Positive', 1],
  );
});
