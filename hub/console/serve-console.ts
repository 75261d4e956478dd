// Serves the console: its files, and its page for every path that is not a file.
import { missingPage } from './missing-page.ts';
import { readStaticFiles, type StaticFile, type StaticFiles } from './static-files.ts';

export type ServeConsole = (request: Request) => Promise<Response | undefined>;

/** Answers undefined for what is not the console's: other methods, and paths of the API. */
export function createConsole(folder: string): ServeConsole {
  let files: StaticFiles | undefined;
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    const { pathname } = new URL(request.url);
    if (/^\/(api|v1)(\/|$)/.test(pathname)) return undefined;
    // Tried again while it is missing, so that building it needs no restart.
    files ??= await readStaticFiles(folder);
    if (files === undefined) return missingPage();
    const file = files.get(pathname);
    if (file) return answer(request, file);
    // A page of the console, unless it is asked for as a file that a newer build no longer has.
    if (/\.\w{1,8}$/.test(pathname)) return new Response('Not found\n', { status: 404 });
    const index = files.get('/index.html');
    return index && answer(request, index);
  };
}

const minCompressedBytes = 1_024;

async function answer(request: Request, file: StaticFile): Promise<Response> {
  const headers = new Headers({
    'content-type': file.type,
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const encoding = chooseEncoding(request.headers.get('accept-encoding') ?? '', file);
  const body = encoding === undefined ? file.body : await file.compressed(encoding);
  if (encoding !== undefined) headers.set('content-encoding', encoding);
  headers.set('content-length', String(body.byteLength));
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}

function chooseEncoding(accepted: string, file: StaticFile): 'br' | 'gzip' | undefined {
  if (file.body.byteLength < minCompressedBytes || !/^(text|application)\/|svg/.test(file.type))
    return undefined;
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
}
