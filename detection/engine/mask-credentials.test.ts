// Credentials on command lines do not get into alerts, and what is none stays readable.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandEvent } from '../proof/compact-event.ts';
import { maskCommandLines, maskText } from './mask-credentials.ts';

const secret = 'hunter2';

test('credentials in texts are masked', () => {
  for (const line of [
    `psql --password=${secret} -h db`,
    `app --db-password ${secret}`,
    `app -token ${secret} --verbose`,
    `env AWS_SECRET_ACCESS_KEY=${secret} aws s3 ls`,
    `PGPASSWORD='${secret}' psql`,
    `sh -c "curl -H 'Authorization: Bearer ${secret}' https://api"`,
    `curl --header authorization:${secret}`,
    `curl -H 'X-Vault-Token: ${secret}' https://vault`,
    `curl -u admin:${secret} https://api`,
    `curl "https://api/x?user=a&api_key=${secret}&b=1"`,
    `git clone https://me:${secret}@git.example/x`,
    `mysql -uroot -p${secret} shop`,
    `sh -c mysqldump -h db -p${secret}`,
    `sshpass -p ${secret} ssh host`,
    `redis-cli -h cache -a ${secret} ping`,
  ]) {
    assert.equal(maskText(line).includes(secret), false, maskText(line));
    assert.match(maskText(line), /\[masked\]/);
  }
  const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.${'s'.repeat(20)}`;
  assert.equal(maskText(`kubectl get pods ${jwt}`), 'kubectl get pods [masked]');
});

test('what is no credential stays', () => {
  for (const line of [
    'cat /run/secrets/kubernetes.io/serviceaccount/token',
    'Service account token read (file=/run/secrets/token command=cat token parent=sh)',
    'ssh -p 2222 host',
    'mkdir -p /srv/data',
    'docker run -u 1000:1000 -p 80:80 web',
    'kubectl create token default',
    'app --token-file /etc/token --password-stdin',
    'xmrig -o stratum+tcp://203.0.113.7:3333 -u 4A -p x',
  ])
    assert.equal(maskText(line), line);
});

test('a flag and its value may be two arguments, of the process and of its ancestors', () => {
  const expanded = expandEvent(
    {
      process: {
        name: 'app',
        args: ['app', '--password', `${secret} x`, `--token=${secret} x`, 'a b'],
        parents: [{ name: 'sh', args: ['sh', '-c', `app --token=${secret}; echo a b`] }, 'containerd-shim'],
      },
    },
    0,
  );
  assert.ok(expanded.ok && expanded.event.kind !== 'api.requested');
  const event = maskCommandLines(expanded.event);
  assert.deepEqual(event.process.args, ['app', '--password', '[masked]', '--token=[masked]', 'a b']);
  assert.deepEqual(event.ancestors?.[0]?.args, ['sh', '-c', 'app --token=[masked]; echo a b']);
});

function timeOf(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

test('a token behind an option is masked', () => {
  assert.equal(maskText('x -heyJabcdefghi -t-eyJabcdefghi.abcdefghi.sig'), 'x -heyJabcdefghi -t-[masked]');
});

test('long hostile texts take no time', () => {
  for (const part of [
    'curl -u a',
    'mysql -',
    '--token ',
    'eyJaaaaaaaaa',
    '-eyJ',
    'eyJaaaaaaaa-',
    '://a:',
    'authorization:',
    'a-',
    "password='",
  ]) {
    const text = part.repeat(100_000 / part.length);
    const tookMs = Math.min(...[1, 2, 3].map(() => timeOf(() => maskText(text))));
    assert.ok(tookMs < 50, `${part}: ${tookMs} ms`);
  }
});
