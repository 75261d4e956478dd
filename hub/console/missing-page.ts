// What a browser shows while the console was not built.

const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Yagura: console not built</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }</style>
<h1>The console is not built</h1>
<p>The hub runs, and its API answers. To build the console, run this in the checkout, then reload the page:</p>
<pre>npm run build:console</pre>
<p>If it lies elsewhere, start the hub with <code>--console FOLDER</code>.</p>
</html>
`;

export const missingPage = (): Response =>
  new Response(html, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
