// Alerts in the forms that other systems read.
export type { AlertFormat, ExportedAlert } from './alert-format.ts';
export { formats } from './formats.ts';
