// The part of the kit for programs with little memory: nothing that loads a schema compiler, a parser or a database.
export * from './clock/clock.ts';
export * from './clock/rfc3339.ts';
export * from './config/config-help.ts';
export * from './config/quantity.ts';
export type { FlagValue } from './config/read-config.ts';
export { type Setting, settingsOf } from './config/setting.ts';
export * from './errors.ts';
export type { Logger } from './log/logger.ts';
export * from './ndjson/split-lines.ts';
export * from './retry/retry.ts';
export * from './run/run-main.ts';
export * from './text/short-hash.ts';
export * from './wire/block-sender.ts';
