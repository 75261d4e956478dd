// Falco's fields of a message to the system's log, in a table.
import { type EmptyRow, emptyFields, type Field } from './field.ts';

const rows: readonly EmptyRow[] = [
  ['syslog.facility', 'number', 'Facility as a number', '4'],
  ['syslog.facility.str', 'text', 'Facility by name', 'auth'],
  ['syslog.severity', 'number', 'Severity as a number', '3'],
  ['syslog.severity.str', 'text', 'Severity by name', 'err'],
  ['syslog.message', 'text', 'The message', 'Failed password for root'],
];

export const syslogFields: readonly Field[] = emptyFields('syscall', rows);
