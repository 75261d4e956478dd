// Whatever a killed agent or a failed Helm left behind, there is one next step, and it leads to an end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, type Step } from './decide.ts';
import type { Revision } from './releases.ts';

/** `1 deployed a`: revision, status, wish. */
const revisions = (...lines: readonly string[]): readonly Revision[] =>
  lines.map((line) => {
    const [revision, status = '', wish] = line.split(' ');
    return { revision: Number(revision), status, ...(wish === undefined ? {} : { wish }) };
  });

const say = (step: Step): string => {
  switch (step.do) {
    case 'nothing':
      return step.status === 'removed' ? step.status : `${step.status} ${step.revision}`;
    case 'upgrade':
      return step.again ? 'upgrade again' : 'upgrade';
    case 'roll-back':
      return `roll back to ${step.to}${step.isCut ? ', cut' : ''}`;
    case 'uninstall':
      return step.isCut ? 'uninstall, cut' : 'uninstall';
  }
};

const cases: readonly (readonly [wish: string | undefined, there: readonly string[], step: string])[] = [
  [undefined, [], 'removed'],
  [undefined, ['1 deployed a'], 'uninstall'],
  [undefined, ['1 pending-install a'], 'uninstall'],
  [undefined, ['1 uninstalling a'], 'uninstall'],
  ['a', [], 'upgrade'],
  ['a', ['1 deployed a'], 'installed 1'],
  ['b', ['1 deployed a'], 'upgrade'],
  ['b', ['1 deployed'], 'upgrade'],
  ['a', ['1 pending-install a'], 'uninstall, cut'],
  ['b', ['1 superseded a', '2 pending-upgrade b'], 'roll back to 1, cut'],
  ['b', ['1 deployed a', '2 pending-upgrade b'], 'roll back to 1, cut'],
  ['c', ['1 superseded a', '2 pending-upgrade b', '3 deployed a'], 'upgrade'],
  ['b', ['1 superseded a', '2 pending-upgrade b', '3 deployed a'], 'upgrade'],
  ['b', ['1 superseded a', '2 failed b'], 'roll back to 1'],
  ['b', ['1 superseded a', '2 failed b', '3 pending-rollback a'], 'roll back to 1, cut'],
  ['b', ['1 superseded a', '2 failed b', '3 deployed a'], 'rolled-back 3'],
  ['b', ['1 superseded a', '2 failed b', '3 failed a'], 'roll back to 1'],
  ['c', ['1 superseded a', '2 failed b', '3 deployed a'], 'upgrade'],
  ['c', ['1 superseded a', '2 failed b'], 'upgrade'],
  ['a', ['1 failed a'], 'upgrade again'],
  ['b', ['1 failed a'], 'upgrade'],
  ['a', ['1 failed a', '2 pending-upgrade a'], 'uninstall, cut'],
  ['a', ['1 uninstalling a'], 'uninstall, cut'],
  ['a', ['1 uninstalled a'], 'upgrade'],
];

for (const [wish, there, step] of cases)
  test(`wanted ${wish ?? 'nothing'}, there ${there.join(', ') || 'nothing'}: ${step}`, () => {
    assert.equal(say(decide(revisions(...there), wish)), step);
  });
