// The one parser from an outside value to a record of a cluster's inventory.
import { Compile, type Validator } from 'typebox/compile';
import {
  type InventoryKind,
  type InventoryRecord,
  inventoryKinds,
  inventorySchemas,
  isInventoryKind,
} from './inventory.ts';

export type ParsedInventory =
  | { readonly ok: true; readonly record: InventoryRecord }
  | { readonly ok: false; readonly message: string };

const validators = Object.fromEntries(
  inventoryKinds.map((kind) => [kind, Compile(inventorySchemas[kind])]),
) as unknown as Record<InventoryKind, Pick<Validator, 'Check' | 'Errors'>>;

/** Checks a value against the schema that its `kind` names. Never throws. */
export function parseInventory(value: unknown): ParsedInventory {
  const kind = (value as { kind?: unknown } | null)?.kind;
  if (!isInventoryKind(kind)) return { ok: false, message: 'no kind of an inventory record' };
  const validator = validators[kind];
  if (validator.Check(value)) return { ok: true, record: value as InventoryRecord };
  const [first] = validator.Errors(value);
  return {
    ok: false,
    message: `${kind}${first?.instancePath ?? ''}: ${first?.message ?? 'does not fit its schema'}`,
  };
}
