// Addresses at which clouds hand out credentials are refused, however they are written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusedAddress } from './outside-address.ts';
import { checkUrl } from './post.ts';

test('credentials of clouds are out of reach', () => {
  for (const host of [
    ...['169.254.169.254', '169.254.169.254.', '2852039166', '0xa9.0xfe.43518', '100.100.100.200'],
    ...['[::ffff:169.254.169.254]', '[64:ff9b::a9fe:a9fe]', '[fd00:ec2::254]', '[fe80::1]'],
  ])
    assert.throws(() => checkUrl(`http://${host}/latest`), /link-local/, host);
});

test('private addresses and names are let through', () => {
  for (const host of ['10.0.0.1', '127.0.0.1', '[::1]', 'siem.example', '64.255.1.1'])
    assert.equal(checkUrl(`https://${host}/`).protocol, 'https:');
  assert.equal(isRefusedAddress('siem.example'), false);
});
