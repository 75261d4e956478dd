// The list and the folder hold the same migrations.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { migrations } from './list.ts';

test('every migration file is in the list, under its own name', async () => {
  const files = await readdir(new URL('.', import.meta.url));
  const names = files.filter((name) => /^\d{4}-[a-z-]+\.ts$/.test(name)).map((name) => name.slice(0, -3));
  assert.deepEqual(Object.keys(migrations).sort(), names.sort());
});
