// Each alert of Defender at the control plane has a rule that is proven by tests, or says what it waits for.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { builtinRules, loadRuleFolder } from '@yagura/detection';
import { topics } from './beyond-defender.ts';
import { defenderAlerts } from './defender-alerts.ts';

const { rules } = await loadRuleFolder(builtinRules);
const infos = rules.map(({ info }) => info);

for (const { id, waitsFor } of defenderAlerts) {
  test(`${id} has a rule with tests, or waits for a signal`, () => {
    const like = infos.filter(({ similarTo }) => similarTo?.includes(id));
    assert.ok(like.length > 0 || waitsFor !== undefined, 'no rule names it as similar_to');
    for (const { file } of like) assert.ok(existsSync(file.replace(/\.yaml$/, '.test.yaml')), file);
  });
}

test('what is told beyond these is told by rules that are there, with tests', () => {
  const tested = infos.filter(({ file }) => existsSync(file.replace(/\.yaml$/, '.test.yaml')));
  const known = new Set(tested.map(({ id }) => id));
  const missing = topics.flatMap(({ what, rules: ids }) =>
    ids.filter((id) => !known.has(id)).map((id) => `${what}: ${id}`),
  );
  assert.deepEqual(missing, []);
});

test('rules name alerts of the control plane as they are called', () => {
  const known = new Set(defenderAlerts.map(({ id }) => id));
  const named = infos.flatMap(({ similarTo = [] }) => similarTo.filter((id) => id.startsWith('K8S_')));
  assert.deepEqual(
    [...new Set(named)].filter((id) => !known.has(id)),
    [],
  );
});
