// Falco's fields of the descriptors that a process waits for, in a table.
import { type EmptyRow, emptyFields, type Field } from './field.ts';

const rows: readonly EmptyRow[] = [
  ['fdlist.nums', 'text', 'Numbers of the descriptors', '3,4'],
  ['fdlist.names', 'text', 'Names of the descriptors', '/tmp/a,/tmp/b'],
  ['fdlist.cips', 'text', 'Client addresses', '10.0.0.3'],
  ['fdlist.sips', 'text', 'Server addresses', '203.0.113.7'],
  ['fdlist.cports', 'text', 'Client ports', '51234'],
  ['fdlist.sports', 'text', 'Server ports', '443'],
];

export const fdlistFields: readonly Field[] = emptyFields('syscall', rows);
