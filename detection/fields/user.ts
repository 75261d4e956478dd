// Fields of the user that a process runs as.
import { emptyFields, type Field, nodeField } from './field.ts';

const named = (id: number): string => (id === 0 ? 'root' : String(id));

export const userFields: readonly Field[] = [
  nodeField({
    name: 'user.uid',
    type: 'number',
    description: 'User id, in the initial user namespace',
    example: '0',
    read: (e) => e.process.uid,
  }),
  nodeField({
    name: 'user.name',
    description: "`root` for 0, else the number: names live in the container's own files",
    example: 'root',
    read: (e) => named(e.process.uid),
  }),
  nodeField({
    name: 'group.gid',
    type: 'number',
    description: 'Group id, in the initial user namespace',
    example: '0',
    read: (e) => e.process.gid,
  }),
  nodeField({
    name: 'group.name',
    description: '`root` for 0, else the number',
    example: 'root',
    read: (e) => named(e.process.gid),
  }),
  ...emptyFields('syscall', [
    ['user.homedir', 'text', 'Home folder of the user', '/root'],
    ['user.shell', 'text', 'Shell of the user', '/bin/bash'],
    ['user.loginuid', 'number', 'User id at login; -1 for none', '-1'],
    ['user.loginname', 'text', 'User name at login', 'alice'],
  ]),
];
