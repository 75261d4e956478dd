// Why the loader could not start, from the line that it leaves on stderr, and what mends it.
import Type from 'typebox';
import Value from 'typebox/value';
import { errorCodes, type SensorErrorCode } from '../../errors.ts';

const FailureLine = Type.Object({
  code: Type.String(),
  message: Type.String(),
  log: Type.Optional(Type.String()),
});

export interface LoaderFailure {
  readonly code: SensorErrorCode;
  readonly reason: string;
  readonly mend: string;
  /** What libbpf and the verifier said. */
  readonly log: string;
}

/** Codes of sensor/loader/failure.c → codes of this room. */
const codes: Readonly<Record<string, SensorErrorCode>> = {
  NO_BTF: 'KERNEL_WITHOUT_BTF',
  NO_CAPABILITY: 'CAPABILITY_MISSING',
  NO_OBJECT: 'SENSOR_NOT_BUILT',
  VERIFIER_REJECTED: 'PROBE_REJECTED',
  ATTACH_FAILED: 'PROBE_REJECTED',
  RING_FAILED: 'PROBE_REJECTED',
  USAGE: 'SENSOR_NOT_BUILT',
};

/** Undefined when the loader died without giving a reason: a crash, which is tried again. */
export function parseLoaderFailure(stderr: string): LoaderFailure | undefined {
  for (const line of stderr.split('\n').reverse()) {
    const value = parse(line);
    if (!Value.Check(FailureLine, value)) continue;
    const code = codes[value.code] ?? 'PROBE_REJECTED';
    return { code, reason: value.message, mend: errorCodes[code].mend, log: value.log ?? '' };
  }
  return undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
