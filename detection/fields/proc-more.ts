// More fields of a process and its thread: other views of its arguments and of its parents'.
import type { Ancestor } from '@yagura/contracts';
import { capabilityNames } from './capability-names.ts';
import { type Field, nodeField } from './field.ts';
import { argsOf, ofAncestors, parentOf } from './proc-ancestors.ts';

const firstOf = ({ args }: Pick<Ancestor, 'args'>): string | undefined => argsOf(args)[0];

export const moreProcFields: readonly Field[] = [
  nodeField({
    name: 'proc.pexe',
    description: 'First argument of the parent',
    example: 'nginx',
    read: (e) => {
      const parent = parentOf(e);
      return parent === undefined ? undefined : firstOf(parent);
    },
  }),
  nodeField({
    name: 'proc.pvpid',
    type: 'number',
    description: "Process id of the parent inside the container's namespace",
    example: '1',
    read: (e) => parentOf(e)?.nsPid,
  }),
  nodeField({
    name: 'proc.aexe',
    isList: true,
    isAncestry: true,
    argument: { kind: 'index', isRequired: false, picksOne: true },
    description: 'First arguments of the ancestors; `[n]` the n-th',
    example: 'proc.aexe[2] endswith java',
    read: ofAncestors((e) => firstOf(e.process), firstOf),
  }),
  nodeField({
    name: 'proc.exeline',
    description: 'All arguments, joined by spaces',
    example: '/bin/sh -c id',
    read: (e) => argsOf(e.process.args).join(' '),
  }),
  nodeField({
    name: 'proc.cmdnargs',
    type: 'number',
    description: 'Number of arguments without the first',
    example: '2',
    read: (e) => Math.max(0, argsOf(e.process.args).length - 1),
  }),
  nodeField({
    name: 'proc.cmdlenargs',
    type: 'number',
    description: 'Characters of the arguments without the first, blanks between them not counted',
    example: '4',
    read: (e) =>
      argsOf(e.process.args)
        .slice(1)
        .reduce((sum, argument) => sum + argument.length, 0),
  }),
  nodeField({
    name: 'thread.tid',
    type: 'number',
    description: 'Id of the thread on the node',
    example: '4711',
    read: (e) => e.process.tid,
  }),
  nodeField({
    name: 'thread.ismain',
    type: 'boolean',
    description: 'The thread is the first of its process',
    example: 'true',
    read: (e) => e.process.tid === e.process.pid,
  }),
  nodeField({
    name: 'thread.cap_effective',
    description: 'Effective capabilities by name',
    example: 'thread.cap_effective contains CAP_SYS_ADMIN',
    read: (e) => capabilityNames(e.process.capabilities),
  }),
  nodeField({
    name: 'thread.cgroups',
    description: 'Control group of the process',
    example: '/kubepods.slice/…',
    read: (e) => e.process.cgroupPath,
  }),
];
