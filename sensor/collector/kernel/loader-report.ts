// What the loader says about itself: once when its probes are attached, then every second.
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';

const Count = Type.Integer({ minimum: 0 });

/** By number of enum record_kind. */
const Counts = Type.Array(Count, { maxItems: 32 });

/** Cumulative for this run of the loader. Times as decimal text: nanoseconds do not fit a double. */
export const LoaderReport = Type.Object({
  type: Type.Union([Type.Literal('ready'), Type.Literal('stats'), Type.Literal('stopped')]),
  bootNs: Type.String({ pattern: '^[0-9]{1,20}$' }),
  wallNs: Type.String({ pattern: '^[0-9]{1,20}$' }),
  lost: Counts,
  withheld: Counts,
  skipped: Type.Record(Type.String(), Count),
  cpuMs: Count,
  rssBytes: Count,
});
export type LoaderReport = Static<typeof LoaderReport>;

/** Undefined for anything that is no report. */
export function parseLoaderReport(payload: Buffer): LoaderReport | undefined {
  try {
    const value: unknown = JSON.parse(payload.toString('utf8'));
    return Value.Check(LoaderReport, value) ? value : undefined;
  } catch {
    return undefined;
  }
}
