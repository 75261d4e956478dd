// Addresses are found in the smallest network that holds them, however they are written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddress, parseNetwork, spanBetween, spanOfNetwork } from './address.ts';
import { createAddressTable } from './address-table.ts';

const tableOf = (rows: Readonly<Record<string, string>>) =>
  createAddressTable(
    Object.entries(rows).map(([text, value]) => {
      const network = parseNetwork(text);
      assert.ok(network, text);
      return [spanOfNetwork(network), value] as const;
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

const between = (first: string, last: string): ReturnType<typeof spanBetween> => {
  const [from, to] = [parseAddress(first), parseAddress(last)];
  assert.ok(from && to);
  return spanBetween(from, to);
};

test('spans that are no networks, and such as overlap', () => {
  const spans = [
    [between('10.0.0.1', '10.0.0.6'), 'a'],
    [between('10.0.0.4', '10.0.0.9'), 'b'],
    [between('10.0.0.20', '10.0.0.30'), 'outer'],
    [between('10.0.0.22', '10.0.0.23'), 'inner'],
    [between('10.0.0.22', '10.0.0.23'), 'again'],
    [between('255.255.255.0', '255.255.255.255'), 'end'],
  ] as const;
  const table = createAddressTable(spans.map(([span, value]) => [span ?? assert.fail(), value] as const));
  const found = (...hosts: readonly number[]): unknown => hosts.map((host) => table.find(`10.0.0.${host}`));
  assert.deepEqual(found(0, 1, 3, 4, 6, 9, 10), [undefined, 'a', 'a', 'b', 'b', 'b', undefined]);
  assert.deepEqual(found(19, 20, 22, 23, 24, 30, 31), [
    undefined,
    'outer',
    'again',
    'again',
    'outer',
    'outer',
    undefined,
  ]);
  assert.equal(table.find('255.255.255.255'), 'end');
  assert.equal(table.find('::1'), undefined);
  assert.equal(between('10.0.0.9', '10.0.0.1'), undefined);
  assert.equal(between('10.0.0.9', '::1'), undefined);
});

test('many spans that no network is equal to', () => {
  const first = 0x0a000001n;
  const spans = Array.from({ length: 50_000 }, (_, index) => {
    const begin = first + BigInt(index) * 5_003n;
    return [{ bits: 32, first: begin, last: begin + 4_000n }, index] as const;
  });
  const table = createAddressTable(spans);
  assert.equal(table.find('10.0.15.160'), 0);
  assert.equal(table.find('10.0.15.162'), undefined);
  assert.equal(table.find('10.0.19.140'), 1);
});
