// What tests of the whole need of this room: the collector's end of the socket.
export { type BlockSender, type BlockSenderOptions, createBlockSender } from '@yagura/kit';
