// Falco's file descriptor fields: rules that use them load, and stay silent until a probe carries them.
import { type Field, nodeField } from './field.ts';

const later = (name: string, description: string, example: string, type: 'text' | 'number' = 'text'): Field =>
  nodeField({
    name,
    type,
    kinds: [],
    description: `${description} (no event carries it yet)`,
    example,
    read: () => undefined,
  });

export const fdFields: readonly Field[] = [
  later('fd.num', 'Number of the file descriptor', '3', 'number'),
  later('fd.name', 'Path or address pair', '/etc/shadow'),
  later('fd.directory', 'Folder of the file', '/etc'),
  later('fd.filename', 'Name of the file without its folder', 'shadow'),
  later('fd.type', 'Kind of the descriptor', 'file'),
  later('fd.typechar', 'Kind of the descriptor in one character', 'f'),
  later('fd.sip', 'Server address', '203.0.113.7'),
  later('fd.cip', 'Client address', '10.0.0.3'),
  later('fd.rip', 'Remote address', '203.0.113.7'),
  later('fd.sport', 'Server port', '443', 'number'),
  later('fd.cport', 'Client port', '51234', 'number'),
  later('fd.rport', 'Remote port', '443', 'number'),
  later('fd.l4proto', 'tcp, udp …', 'tcp'),
];
