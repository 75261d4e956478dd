// The Dockerfile starts each image as the list says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { entrypointOf } from './image.ts';
import { images } from './list.ts';

const text = readFileSync(join(import.meta.dirname, 'Dockerfile'), 'utf8');

for (const image of images)
  test(`the Dockerfile's ${image.name} has user, variables and command of the list`, () => {
    const stage = text.split(/^FROM /m).find((part) => part.startsWith(`scratch AS ${image.name}\n`));
    assert.ok(stage, 'it has a stage of its own, from scratch');
    assert.equal(/^USER (.*)$/m.exec(stage)?.[1], image.user);
    assert.deepEqual(JSON.parse(/^ENTRYPOINT (.*)$/m.exec(stage)?.[1] ?? ''), entrypointOf(image));
    const variables = [...stage.matchAll(/^ENV (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
    assert.deepEqual(Object.fromEntries(variables), image.env ?? {});
    assert.ok(text.includes(`main.ts layout ${image.name} --out /out`));
  });
