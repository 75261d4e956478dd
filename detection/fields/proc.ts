// Fields of the process that an event is about.
import { type Field, nodeField } from './field.ts';
import { argsOf, ofAncestors, parentOf } from './proc-ancestors.ts';

/** Falco's form: the name, then the arguments from the first on. */
const commandLine = (name: string, args: readonly string[] | undefined): string =>
  [name, ...argsOf(args).slice(1)].join(' ');

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const index = { kind: 'index', isRequired: false, picksOne: true } as const;

const identity: readonly Field[] = [
  nodeField({
    name: 'proc.name',
    description: 'Name of the process, as the kernel keeps it (15 characters)',
    example: 'bash',
    read: (e) => e.process.name,
  }),
  nodeField({
    name: 'proc.exe',
    description: 'First argument: what the process calls itself',
    example: '/bin/sh',
    read: (e) => argsOf(e.process.args)[0],
  }),
  nodeField({
    name: 'proc.exepath',
    description: "Path of the executable, from the kernel's file object",
    example: '/usr/bin/bash',
    read: (e) => e.process.executable.path,
  }),
  nodeField({
    name: 'proc.exebasename',
    description: 'Last part of the path of the executable',
    example: 'bash',
    read: (e) => baseName(e.process.executable.path),
  }),
  nodeField({
    name: 'proc.cmdline',
    description: 'Name and arguments, joined by spaces',
    example: 'sh -c id',
    read: (e) => commandLine(e.process.name, e.process.args),
  }),
  nodeField({
    name: 'proc.args',
    description: 'Arguments without the first, joined by spaces',
    example: '-c id',
    read: (e) => argsOf(e.process.args).slice(1).join(' '),
  }),
  nodeField({
    name: 'proc.nargs',
    type: 'number',
    description: 'Number of arguments without the first',
    example: '2',
    read: (e) => Math.max(0, argsOf(e.process.args).length - 1),
  }),
  nodeField({
    name: 'proc.args_cut',
    type: 'boolean',
    description: 'The arguments were longer than what the sensor keeps',
    example: 'false',
    read: (e) => e.process.argsCut,
  }),
  nodeField({
    name: 'proc.pid',
    type: 'number',
    description: 'Process id on the node',
    example: '4711',
    read: (e) => e.process.pid,
  }),
  nodeField({
    name: 'proc.ppid',
    type: 'number',
    description: 'Process id of the parent on the node',
    example: '4700',
    read: (e) => e.process.ppid,
  }),
  nodeField({
    name: 'proc.vpid',
    type: 'number',
    description: "Process id inside the container's namespace",
    example: '7',
    read: (e) => e.process.nsPid ?? e.process.pid,
  }),
  nodeField({
    name: 'proc.tty',
    type: 'number',
    description: 'Device number of the terminal; 0 for none',
    example: '34816',
    read: (e) => e.process.tty,
  }),
  nodeField({
    name: 'proc.cwd',
    description: 'Working directory',
    example: '/var/www',
    read: (e) => e.process.cwd,
  }),
  nodeField({
    name: 'proc.is_exe_upper_layer',
    type: 'boolean',
    description: "The executable lies in overlayfs's upper layer: it is not in the image",
    example: 'true',
    read: (e) => e.process.executable.upperLayer,
  }),
  nodeField({
    name: 'proc.is_exe_from_memfd',
    type: 'boolean',
    description: 'The executable lies in memory, with no file behind it',
    example: 'true',
    read: (e) => e.process.executable.memfd ?? false,
  }),
  nodeField({
    name: 'proc.exe_ino',
    type: 'number',
    description: 'Inode of the executable',
    example: '131077',
    read: (e) => e.process.executable.inode,
  }),
  nodeField({
    name: 'proc.exit_code',
    type: 'number',
    kinds: ['process.exited'],
    description: 'Exit code',
    example: '0',
    read: (e) => (e.kind === 'process.exited' ? e.exit.code : undefined),
  }),
];

const ancestry: readonly Field[] = [
  nodeField({
    name: 'proc.pname',
    description: 'Name of the parent',
    example: 'nginx',
    read: (e) => parentOf(e)?.name,
  }),
  nodeField({
    name: 'proc.pexepath',
    description: "Path of the parent's executable",
    example: '/usr/sbin/nginx',
    read: (e) => parentOf(e)?.path,
  }),
  nodeField({
    name: 'proc.pcmdline',
    description: "Parent's name and arguments",
    example: 'php-fpm -F',
    read: (e) => {
      const nearest = parentOf(e);
      return nearest === undefined ? undefined : commandLine(nearest.name, nearest.args);
    },
  }),
  nodeField({
    name: 'proc.aname',
    isList: true,
    isAncestry: true,
    argument: index,
    description: 'Names of the ancestors; `[n]` the n-th, 0 the process itself, 1 its parent',
    example: 'proc.aname[2] = nginx',
    read: ofAncestors(
      (e) => e.process.name,
      (a) => a.name,
    ),
  }),
  nodeField({
    name: 'proc.aexepath',
    isList: true,
    isAncestry: true,
    argument: index,
    description: 'Executables of the ancestors; `[n]` the n-th',
    example: 'proc.aexepath[1] = /usr/sbin/nginx',
    read: ofAncestors(
      (e) => e.process.executable.path,
      (a) => a.path,
    ),
  }),
  nodeField({
    name: 'proc.apid',
    type: 'number',
    isList: true,
    isAncestry: true,
    argument: index,
    description: 'Process ids of the ancestors; `[n]` the n-th',
    example: 'proc.apid[1] = 1',
    read: ofAncestors(
      (e) => e.process.pid,
      (a) => a.pid,
    ),
  }),
  nodeField({
    name: 'proc.acmdline',
    isList: true,
    isAncestry: true,
    argument: index,
    description: 'Command lines of the ancestors; `[n]` the n-th',
    example: 'proc.acmdline contains catalina',
    read: ofAncestors(
      (e) => commandLine(e.process.name, e.process.args),
      (a) => commandLine(a.name, a.args),
    ),
  }),
];

const streams: readonly Field[] = (['stdin', 'stdout', 'stderr'] as const).flatMap((stream) => [
  nodeField({
    name: `proc.${stream}.type`,
    description: `What ${stream} was at exec: file, pipe, socket, tty, null, closed, other`,
    example: 'socket',
    read: (e) => e.process[stream]?.type,
  }),
  nodeField({
    name: `proc.${stream}.peer`,
    description: `Remote address and port, where ${stream} was an internet socket`,
    example: '203.0.113.7:4444',
    read: (e) => e.process[stream]?.peer,
  }),
]);

const pipes: readonly Field[] = [
  nodeField({
    name: 'proc.piped_from',
    description: 'Name of the process that writes into the pipe which is stdin',
    example: 'curl',
    read: (e) => e.process.pipedFrom,
  }),
  nodeField({
    name: 'proc.piped_to',
    description: 'Name of the process that reads from the pipe which is stdout',
    example: 'nc',
    read: (e) => e.process.pipedTo,
  }),
];

export const procFields: readonly Field[] = [...identity, ...ancestry, ...streams, ...pipes];
