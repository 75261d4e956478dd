// Falco's fields of a file descriptor that no event here has, in a table; those of an opened file are in `fd-file.ts`.
import { type EmptyRow, emptyFields, type Field } from './field.ts';

const index = { kind: 'index', isRequired: false } as const;

const rows: readonly EmptyRow[] = [
  ['fd.nameraw', 'text', 'The path as the call had it', '../etc/shadow'],
  ['fd.ip', 'text', 'Either address', '203.0.113.7'],
  ['fd.cip', 'text', 'Client address', '10.0.0.3'],
  ['fd.sip', 'text', 'Server address', '203.0.113.7'],
  ['fd.lip', 'text', 'Local address', '10.0.0.3'],
  ['fd.rip', 'text', 'Remote address', '203.0.113.7'],
  ['fd.port', 'number', 'Either port', '443'],
  ['fd.cport', 'number', 'Client port', '51234'],
  ['fd.sport', 'number', 'Server port', '443'],
  ['fd.lport', 'number', 'Local port', '51234'],
  ['fd.rport', 'number', 'Remote port', '443'],
  ['fd.l4proto', 'text', 'tcp, udp …', 'tcp'],
  ['fd.sockfamily', 'text', 'ip or unix', 'ip'],
  ['fd.is_server', 'boolean', 'The process is the server of the connection', 'true'],
  ['fd.uid', 'text', 'Number of the descriptor and id of the thread', '34711'],
  ['fd.proto', 'text', 'Either protocol, by the port', 'https'],
  ['fd.cproto', 'text', "The client's protocol", 'https'],
  ['fd.sproto', 'text', "The server's protocol", 'https'],
  ['fd.lproto', 'text', 'The local protocol', 'https'],
  ['fd.rproto', 'text', 'The remote protocol', 'https'],
  ['fd.net', 'text', 'Either network', '203.0.113.0/24'],
  ['fd.cnet', 'text', "The client's network", '10.0.0.0/8'],
  ['fd.snet', 'text', "The server's network", '203.0.113.0/24'],
  ['fd.lnet', 'text', 'The local network', '10.0.0.0/8'],
  ['fd.rnet', 'text', 'The remote network', '203.0.113.0/24'],
  ['fd.connected', 'boolean', 'The socket is connected', 'true'],
  ['fd.name_changed', 'boolean', 'The event changes the name of the descriptor', 'false'],
  ['fd.cip.name', 'text', "The client's name", 'client.example'],
  ['fd.sip.name', 'text', "The server's name", 'pool.example'],
  ['fd.lip.name', 'text', 'The local name', 'client.example'],
  ['fd.rip.name', 'text', 'The remote name', 'pool.example'],
  ['fd.dev', 'number', 'Device of the file', '2049'],
  ['fd.dev.major', 'number', 'Major number of the device', '8'],
  ['fd.dev.minor', 'number', 'Minor number of the device', '1'],
  ['fd.types', 'text', 'Kinds of all descriptors, or of one by its number', 'fd.types[0] = ipv4', index],
  ['fd.is_lower_layer', 'boolean', 'The file lies in the lower layer of an overlayfs', 'true'],
];

export const fdFields: readonly Field[] = emptyFields('syscall', rows);
