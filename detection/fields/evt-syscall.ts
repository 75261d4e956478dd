// Falco's fields of a system call that no event here has, in a table; those that some have are in `evt.ts`.
import { type EmptyRow, emptyFields, type Field } from './field.ts';

const dotted = { kind: 'key', isRequired: true, isDotted: true } as const;

const rows: readonly EmptyRow[] = [
  ['evt.reltime', 'number', 'Nanoseconds since the capture began', '1000000'],
  ['evt.reltime.s', 'number', 'Seconds since the capture began', '12'],
  ['evt.reltime.ns', 'number', 'Fraction of that, in nanoseconds', '345'],
  ['evt.pluginname', 'text', 'Plugin that made the event', 'k8saudit'],
  ['evt.plugininfo', 'text', 'What the plugin tells of the event', 'create pods'],
  ['evt.is_async', 'boolean', 'The event came beside the stream of system calls', 'false'],
  ['evt.asynctype', 'text', 'Type of such an event', 'container'],
  ['evt.latency', 'number', 'Nanoseconds that the call took', '1200'],
  ['evt.latency.s', 'number', 'Seconds of that', '0'],
  ['evt.latency.ns', 'number', 'Fraction of that, in nanoseconds', '1200'],
  ['evt.latency.quantized', 'number', 'The latency on a logarithmic scale', '31'],
  ['evt.latency.human', 'text', 'The latency for people', '1.2us'],
  ['evt.deltatime', 'number', 'Nanoseconds since the event before', '900'],
  ['evt.deltatime.s', 'number', 'Seconds of that', '0'],
  ['evt.deltatime.ns', 'number', 'Fraction of that, in nanoseconds', '900'],
  ['evt.outputtime', 'text', 'When it was written, in the form of the output', '10:00:00.000000000'],
  ['evt.cpu', 'number', 'Processor that the call ran on', '3'],
  ['evt.args', 'text', 'All arguments of the call as one text', 'fd=3 name=/etc/shadow'],
  [
    'evt.arg',
    'text',
    'One argument of the call, by name or number',
    'evt.arg.flags contains O_TRUNC',
    dotted,
  ],
  ['evt.rawarg', 'any', 'One argument of the call, as a number', 'evt.rawarg.res >= 0', dotted],
  ['evt.info', 'text', 'Arguments of the call, or what they mean', 'fd=3'],
  ['evt.buffer', 'text', 'Bytes that were read or written', 'evt.buffer contains password'],
  ['evt.buflen', 'number', 'Number of these bytes', '512'],
  ['evt.is_io', 'boolean', 'The call reads or writes', 'true'],
  ['evt.is_io_read', 'boolean', 'The call reads', 'true'],
  ['evt.is_io_write', 'boolean', 'The call writes', 'true'],
  ['evt.io_dir', 'text', '`r` for reads, `w` for writes', 'w'],
  ['evt.is_wait', 'boolean', 'The call waits', 'false'],
  ['evt.wait_latency', 'number', 'Nanoseconds that it waited', '5000'],
  ['evt.is_syslog', 'boolean', 'The call writes to /dev/log', 'false'],
  ['evt.count.error', 'number', '1 for a call that failed', '1'],
  ['evt.count.error.file', 'number', '1 for a failed call on a file', '1'],
  ['evt.count.error.net', 'number', '1 for a failed call on the network', '1'],
  ['evt.count.error.memory', 'number', '1 for a failed call on memory', '1'],
  ['evt.count.error.other', 'number', '1 for any other failed call', '1'],
  ['evt.around', 'number', 'Whether it happened around a time', '1000', { kind: 'key', isRequired: true }],
  ['evt.is_open_exec', 'boolean', 'A file was made that can be executed', 'true'],
  ['evtin.span.id', 'number', 'Id of the span that the event lies in', '1'],
  ['evtin.span.tags', 'text', 'Tags of that span', 'login'],
];

export const evtSyscallFields: readonly Field[] = emptyFields('syscall', rows);
