// What tools may use of the CLI: its command tree, for the reference documents.
export { errorCodes } from './errors.ts';
export { buildProgram } from './program.ts';
