// What the generators of reference documents read; the hub itself is a program, started as hub/main.ts.
export { createOpenApi } from './api/openapi.ts';
export { HubConfig } from './config.ts';
export { errorCodes } from './errors.ts';
