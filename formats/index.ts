// Alerts in the forms that other systems read.
export type { AlertFormat, ExportedAlert, ExportedChange, FormatInput } from './alert-format.ts';
export { formatTime } from './format-time.ts';
export { type FormatName, formatNames, formats } from './formats.ts';
