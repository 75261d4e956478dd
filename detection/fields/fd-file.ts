// Fields of a file that was opened. Of a path only what the kernel resolved is known, not what the call named.
import type { FileOpened } from '@yagura/contracts';
import { type Field, nodeField } from './field.ts';

type OpenField = Omit<Parameters<typeof nodeField>[0], 'read' | 'kinds'> & {
  readonly read: (event: FileOpened) => string | number | boolean | undefined;
};

const openField = ({ read, ...rest }: OpenField): Field =>
  nodeField({
    ...rest,
    kinds: ['file.opened'],
    read: (event) => (event.kind === 'file.opened' ? read(event) : undefined),
  });

/** The kubelet puts a volume's files into a folder that it makes anew at each change, and links to that folder. */
const kubeletFolder = /\/\.\.\d{4}_\d{2}_\d{2}_\d{2}_\d{2}_\d{2}\.\d{1,20}(?=\/)/;

const nameOf = ({ file }: FileOpened): string => file.path.replace(kubeletFolder, '');
const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));
const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const shortIdLength = 12;
const containerId = ({ container }: FileOpened): string => container?.id.slice(0, shortIdLength) ?? 'host';

const names: readonly Field[] = [
  ...['fd.name', 'fs.path.name', 'evt.abspath'].map((name) =>
    openField({
      name,
      description:
        'Path, as the kernel resolved it; the folder with a date that the kubelet keeps a volume’s files in is left out',
      example: '/etc/shadow',
      ...(name === 'evt.abspath'
        ? { argument: { kind: 'key', isRequired: false, isDotted: true } as const }
        : {}),
      read: nameOf,
    }),
  ),
  openField({
    name: 'fd.directory',
    description: 'Folder of the file',
    example: '/etc',
    read: (e) => folderOf(nameOf(e)),
  }),
  openField({
    name: 'fd.filename',
    description: 'Name of the file without its folder',
    example: 'shadow',
    read: (e) => lastPart(nameOf(e)),
  }),
  openField({
    name: 'fd.containername',
    description: 'Id of the container and path',
    example: '3ad7b26ded6d:/etc/shadow',
    read: (e) => `${containerId(e)}:${nameOf(e)}`,
  }),
  openField({
    name: 'fd.containerdirectory',
    description: 'Id of the container and folder',
    example: '3ad7b26ded6d:/etc',
    read: (e) => `${containerId(e)}:${folderOf(nameOf(e))}`,
  }),
];

const facts: readonly Field[] = [
  openField({
    name: 'fd.num',
    type: 'number',
    description: 'Number of the file descriptor',
    example: '3',
    read: (e) => e.file.descriptor,
  }),
  openField({
    name: 'fd.type',
    description: 'Always `file`: opens of other things are not reported',
    example: 'file',
    read: () => 'file',
  }),
  openField({
    name: 'fd.typechar',
    description: 'Always `f`: opens of other things are not reported',
    example: 'f',
    read: () => 'f',
  }),
  openField({
    name: 'fd.ino',
    type: 'number',
    description: 'Inode of the file',
    example: '131077',
    read: (e) => e.file.inode,
  }),
  openField({
    name: 'fd.is_upper_layer',
    type: 'boolean',
    description: 'The file lies in the upper layer of an overlayfs',
    example: 'true',
    read: (e) => e.file.upperLayer,
  }),
];

const access: readonly Field[] = [
  openField({
    name: 'evt.is_open_read',
    type: 'boolean',
    description: 'The file was opened to read',
    example: 'true',
    read: (e) => e.file.read,
  }),
  openField({
    name: 'evt.is_open_write',
    type: 'boolean',
    description: 'The file was opened to write',
    example: 'true',
    read: (e) => e.file.write,
  }),
  openField({
    name: 'evt.is_open_create',
    type: 'boolean',
    description: 'The file was made by being opened',
    example: 'true',
    read: (e) => e.file.created,
  }),
];

export const fdFileFields: readonly Field[] = [...names, ...facts, ...access];
