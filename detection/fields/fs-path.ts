// Falco's fields of the paths that a system call acts on, in a table.
import { type EmptyRow, emptyFields, type Field } from './field.ts';

const rows: readonly EmptyRow[] = [
  ['fs.path.nameraw', 'text', 'That path as the call had it', 'job'],
  ['fs.path.source', 'text', 'Whole path of what is moved or linked', '/tmp/a'],
  ['fs.path.sourceraw', 'text', 'That path as the call had it', 'a'],
  ['fs.path.target', 'text', 'Whole path that it is moved or linked to', '/usr/bin/a'],
  ['fs.path.targetraw', 'text', 'That path as the call had it', '/usr/bin/a'],
];

export const fsPathFields: readonly Field[] = emptyFields('syscall', rows);
