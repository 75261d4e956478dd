// Turns the events of node:test for one file into results: one for each test, none twice, none lost.
import { inspect } from 'node:util';
import type { TestResult } from './test-result.ts';

/** The part of a node:test event that is looked at; see https://nodejs.org/api/test.html#class-testsstream */
export interface TestEvent {
  readonly type: string;
  readonly data: {
    readonly name?: string;
    readonly nesting?: number;
    readonly message?: string;
    readonly skip?: string | boolean;
    readonly todo?: string | boolean;
    readonly details?: {
      readonly type?: string;
      readonly duration_ms?: number;
      readonly error?: unknown;
    };
  };
}

const keptOutput = 8_000;

const failureTypeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'failureType' in error
    ? String(error.failureType)
    : undefined;

/** Frames of node's own code tell a reader nothing about the test. */
const withoutRunner = (stack: string): string => stack.replace(/\n\s+at [^\n]*\(?node:[^\n]*/g, '');

/** node:test wraps what was thrown; the stack of the wrapper leads nowhere. */
const describeError = (error: unknown): string => {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error) return withoutRunner(cause.stack ?? cause.message);
  return typeof cause === 'string' ? cause : inspect(cause);
};

const reasonOf = (word: string, value: string | boolean): string =>
  typeof value === 'string' && value !== '' ? value : `${word}, no reason given`;

const resultOf = (file: string, event: TestEvent): TestResult => {
  const { name = '', skip, todo, details } = event.data;
  const base = { file, name, durationMs: details?.duration_ms ?? 0 };
  if (skip !== undefined && skip !== false)
    return { ...base, outcome: 'skipped', reason: reasonOf('skipped', skip) };
  if (todo !== undefined && todo !== false)
    return { ...base, outcome: 'skipped', reason: reasonOf('to do', todo) };
  if (event.type === 'test:pass') return { ...base, outcome: 'passed' };
  return { ...base, outcome: 'failed', reason: describeError(details?.error) };
};

/** A file that broke while loading, or that holds no test, is reported by node:test as one test of the file's name. */
const resultOfWholeFile = (file: string, event: TestEvent, output: string): TestResult => {
  const base = {
    file,
    name: file,
    durationMs: event.data.details?.duration_ms ?? 0,
    outcome: 'failed',
  } as const;
  if (event.type === 'test:pass') return { ...base, reason: 'the file holds no test' };
  return { ...base, reason: output.trim() || describeError(event.data.details?.error) };
};

export interface Collector {
  add(event: TestEvent): void;
  results(): readonly TestResult[];
}

/** `path` is how node:test names the file; `file` is how people do. */
export const createCollector = (path: string, file: string): Collector => {
  const results: TestResult[] = [];
  let output = '';
  let deepest = 0;
  const addEnded = (event: TestEvent): void => {
    if (event.data.name === path) {
      results.push(resultOfWholeFile(file, event, output));
      return;
    }
    const nesting = event.data.nesting ?? 0;
    const isParent = deepest > nesting;
    deepest = nesting;
    const failure = failureTypeOf(event.data.details?.error);
    const isGroup = event.data.details?.type === 'suite' || isParent;
    if (isGroup && (event.type === 'test:pass' || failure === 'subtestsFailed')) return;
    results.push(resultOf(file, event));
  };
  return {
    add: (event) => {
      if (event.type === 'test:pass' || event.type === 'test:fail') addEnded(event);
      if (event.type === 'test:stderr') output = (output + (event.data.message ?? '')).slice(-keptOutput);
    },
    results: () => results,
  };
};
