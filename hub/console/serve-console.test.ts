// The console's files as a browser gets them.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { createConsole, type ServeConsole } from './serve-console.ts';

let folder: string;
let serve: ServeConsole;
const script = 'console.log("hello");\n'.repeat(200);
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yagura-console-'));
  serve = createConsole(folder);
});
after(() => rm(folder, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  serve(new Request(`http://localhost${path}`, { headers, method }));

test('while it is not built, a page says how to build it; afterwards it is served without a restart', async () => {
  const missing = await get('/');
  assert.equal(missing?.status, 503);
  assert.match(await missing.text(), /npm run build:console/);
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'assets', 'main-1a2b.js'), script);
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Yagura</title>');
  assert.equal((await get('/'))?.status, 200);
});

test('every path that is no file is the page, which is never kept', async () => {
  for (const path of ['/', '/alerts', '/alerts/abc?severity=high', '/sign-in?code=x']) {
    const page = await get(path);
    assert.equal(page?.headers.get('content-type'), 'text/html; charset=utf-8', path);
    assert.equal(page.headers.get('cache-control'), 'no-cache');
  }
});

test('assets are compressed and kept for ever', async () => {
  const asset = await get('/assets/main-1a2b.js', { 'accept-encoding': 'gzip, br' });
  assert.equal(asset?.headers.get('content-encoding'), 'br');
  assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
  assert.equal(brotliDecompressSync(await asset.arrayBuffer()).toString(), script);
  const plain = await get('/assets/main-1a2b.js');
  assert.equal(await plain?.text(), script);
});

test('what did not change is not sent again', async () => {
  const etag = (await get('/'))?.headers.get('etag') ?? '';
  assert.equal((await get('/', { 'if-none-match': etag }))?.status, 304);
});

test('a file of an older build is missing, not a page; paths outside the folder do not exist', async () => {
  assert.equal((await get('/assets/old-9z.js'))?.status, 404);
  assert.doesNotMatch((await (await get('/..%2f..%2fetc%2fpasswd'))?.text()) ?? '', /root:/);
});

test('the API’s paths and other methods are not the console’s', async () => {
  assert.equal(await get('/api/v1/nothing'), undefined);
  assert.equal(await get('/', {}, 'POST'), undefined);
});
