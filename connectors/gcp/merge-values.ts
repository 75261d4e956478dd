// Puts together what Cloud Logging cut apart: a value of which each part holds a piece.
import { isFields } from './fields.ts';

/** Deeper than any object that the API server takes; what is below is left as the first part has it. */
const maxDepth = 64;

/**
 * Texts are joined, objects by their keys, lists by position: an empty text, object or list keeps the place of what
 * another part holds. Source: https://cloud.google.com/logging/docs/audit/split-logs
 */
export function mergeValues(a: unknown, b: unknown, depth = 0): unknown {
  if (a === undefined || a === null) return b;
  if (b === undefined || b === null || depth > maxDepth) return a;
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (Array.isArray(a) && Array.isArray(b)) {
    const length = Math.max(a.length, b.length);
    return Array.from({ length }, (_, index) => mergeValues(a[index], b[index], depth + 1));
  }
  if (isFields(a) && isFields(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return Object.fromEntries([...keys].map((key) => [key, mergeValues(a[key], b[key], depth + 1)]));
  }
  return isPlaceholder(a) ? b : a;
}

const isPlaceholder = (value: unknown): boolean =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
