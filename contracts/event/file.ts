// Node events about files, as the eBPF sensor reports them: opens of the files that it watches, and of no others.
import Type, { type Static } from 'typebox';
import { literals } from '../literals.ts';
import { nodeCommon } from './process.ts';

/** The ways to open a file. */
export const openCalls = ['open', 'openat', 'openat2', 'creat', 'open_by_handle_at', 'io_uring'] as const;
export type OpenCall = (typeof openCalls)[number];

/** A regular file as the kernel has opened it. */
export const OpenedFile = Type.Object({
  path: Type.String({
    maxLength: 4096,
    description: 'from the kernel’s file object: links are followed, mounts crossed, a chroot left out',
  }),
  inode: Type.Optional(Type.Integer({ minimum: 0 })),
  upperLayer: Type.Boolean({ description: 'the file lies in the writable upper layer of an overlayfs' }),
  read: Type.Boolean({ description: 'opened to be read' }),
  write: Type.Boolean({ description: 'opened to be written' }),
  created: Type.Boolean({ description: 'it was not there before' }),
  call: literals(openCalls),
  descriptor: Type.Optional(Type.Integer({ minimum: 0, description: 'number of the file descriptor' })),
  repeats: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'opens like this one, of the same program, that were left out since one was told last',
    }),
  ),
});
export type OpenedFile = Static<typeof OpenedFile>;

export const FileOpened = Type.Object({
  kind: Type.Literal('file.opened'),
  ...nodeCommon,
  file: OpenedFile,
});
export type FileOpened = Static<typeof FileOpened>;
