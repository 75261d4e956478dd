// Addresses are found in the smallest network that holds them, however they are written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networksBetween, parseAddress, parseNetwork } from './address.ts';
import { createAddressTable } from './address-table.ts';

const tableOf = (rows: Readonly<Record<string, string>>) =>
  createAddressTable(
    Object.entries(rows).map(([text, value]) => {
      const network = parseNetwork(text);
      assert.ok(network, text);
      return [network, value] as const;
    }),
  );

test('the smallest network counts, whatever the order', () => {
  const table = tableOf({
    '10.0.0.0/8': 'large',
    '10.1.0.0/16': 'small',
    '10.1.2.3': 'one',
    '2001:db8::/32': 'six',
    '2001:db8:0:1::/64': 'six and small',
  });
  const found = (address: string): string | undefined => table.find(address);
  assert.equal(found('10.9.9.9'), 'large');
  assert.equal(found('10.1.255.255'), 'small');
  assert.equal(found('10.1.2.3'), 'one');
  assert.equal(found('::ffff:10.1.2.3'), 'one');
  assert.equal(found('2001:db8::1'), 'six');
  assert.equal(found('2001:DB8:0:1:0::7'), 'six and small');
  for (const other of ['11.0.0.1', '2001:db9::1', 'gce-internal-ip', '', '10.1.2', '::1'])
    assert.equal(found(other), undefined, other);
});

test('all addresses and none', () => {
  assert.equal(tableOf({ '0.0.0.0/0': 'v4' }).find('203.0.113.1'), 'v4');
  assert.equal(tableOf({ '0.0.0.0/0': 'v4' }).find('::2'), undefined);
  assert.equal(tableOf({ '::/0': 'v6' }).find('fe80::1%eth0'), 'v6');
  assert.equal(tableOf({}).find('203.0.113.1'), undefined);
});

test('more addresses than the cache holds are still found', () => {
  const table = tableOf({ '10.0.0.0/8': 'ten' });
  for (let round = 0; round < 2; round += 1)
    for (let host = 0; host < 10_000; host += 1)
      assert.equal(
        table.find(`${10 + (host % 2)}.0.${host >> 8}.${host % 256}`),
        host % 2 === 0 ? 'ten' : undefined,
      );
});

test('what is no network', () => {
  for (const text of [
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0/8',
    'x',
    '',
    '::/129',
    '1.2.3.4/-1',
  ])
    assert.equal(parseNetwork(text), undefined, text);
});

test('a span of addresses is a few networks', () => {
  const between = (first: string, last: string): readonly string[] => {
    const [from, to] = [parseAddress(first), parseAddress(last)];
    assert.ok(from && to);
    return networksBetween(from, to).map(({ value, prefix }) => `${value & 0xffn}/${prefix}`);
  };
  assert.deepEqual(between('10.0.0.0', '10.0.0.255'), ['0/24']);
  assert.deepEqual(between('10.0.0.1', '10.0.0.6'), ['1/32', '2/31', '4/31', '6/32']);
  assert.deepEqual(between('0.0.0.0', '255.255.255.255'), ['0/0']);
  assert.deepEqual(between('10.0.0.9', '10.0.0.1'), []);
});
