// The C structures and their TypeScript layouts are the same, as BTF in the built objects tells.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import Type from 'typebox';
import Value from 'typebox/value';
import type { StructLayout } from '../bpf/layout.ts';
import { buildFolder, kernelTierSkip } from '../collector/testing/kernel-tier.ts';
import * as open from './file-open/decode.ts';
import * as exec from './process-exec/decode.ts';
import * as exit from './process-exit/decode.ts';

const BtfDump = Type.Object({
  types: Type.Array(
    Type.Object({
      kind: Type.String(),
      name: Type.String(),
      size: Type.Optional(Type.Integer()),
      members: Type.Optional(Type.Array(Type.Object({ name: Type.String(), bits_offset: Type.Integer() }))),
    }),
  ),
});

function readStructs(object: string): Map<string, Pick<StructLayout, 'sizeBytes' | 'at'>> {
  const dump: unknown = JSON.parse(
    execFileSync('bpftool', ['-j', 'btf', 'dump', 'file', object, 'format', 'raw'], { encoding: 'utf8' }),
  );
  const { types } = Value.Parse(BtfDump, dump);
  return new Map(
    types
      .filter((type) => type.kind === 'STRUCT')
      .map(({ name, size = 0, members = [] }) => [
        name,
        { sizeBytes: size, at: Object.fromEntries(members.map((one) => [one.name, one.bits_offset / 8])) },
      ]),
  );
}

const probes: Readonly<Record<string, readonly StructLayout[]>> = {
  'process-exec': exec.structs,
  'process-exit': exit.structs,
  'file-open': open.structs,
};

for (const [probe, structs] of Object.entries(probes)) {
  test(`${probe}: C and TypeScript agree on every offset`, { skip: kernelTierSkip(['bpftool']) }, () => {
    const inObject = readStructs(join(buildFolder, `${probe}.bpf.o`));
    for (const { name, sizeBytes, at } of structs)
      assert.deepEqual(inObject.get(name), { sizeBytes, at: { ...at } }, name);
  });
}
