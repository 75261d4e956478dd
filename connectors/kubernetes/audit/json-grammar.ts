// Where strings, numbers and words of JSON end; each answer is -1 for what breaks the grammar of RFC 8259.
import { auditLimits } from './limits.ts';

const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const minus = 0x2d;
const plus = 0x2b;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;

/**
 * Behind the closing quote; `from` is behind the opening one. The quote is sought natively, several times as fast as any
 * loop here; the price is that control characters and unknown escapes inside the string are not noticed.
 */
function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at > from && text.charCodeAt(at - 1) === backslash && isEscaped(text, from, at))
    at = text.indexOf('"', at + 1);
  return at + 1 || -1;
}

/** Whether an odd number of backslashes stands before `at`. */
function isEscaped(text: string, from: number, at: number): boolean {
  let first = at;
  while (first > from && text.charCodeAt(first - 1) === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

function endOfDigits(text: string, from: number): number {
  let at = from;
  for (let unit = text.charCodeAt(at); unit >= zero && unit <= nine; unit = text.charCodeAt(at)) at += 1;
  return at === from ? -1 : at;
}

function endOfExponent(text: string, from: number): number {
  const unit = text.charCodeAt(from);
  if (unit !== 0x65 && unit !== 0x45) return from;
  const sign = text.charCodeAt(from + 1);
  return endOfDigits(text, sign === plus || sign === minus ? from + 2 : from + 1);
}

function endOfNumber(text: string, from: number): number {
  const start = text.charCodeAt(from) === minus ? from + 1 : from;
  let at = text.charCodeAt(start) === zero ? start + 1 : endOfDigits(text, start);
  if (at !== -1 && text.charCodeAt(at) === point) at = endOfDigits(text, at + 1);
  return at === -1 ? -1 : endOfExponent(text, at);
}

/** Behind a number, `true`, `false` or `null`. */
function endOfScalar(text: string, from: number): number {
  switch (text.charCodeAt(from)) {
    case 0x74:
      return text.startsWith('true', from) ? from + 4 : -1;
    case 0x66:
      return text.startsWith('false', from) ? from + 5 : -1;
    case 0x6e:
      return text.startsWith('null', from) ? from + 4 : -1;
    default:
      return endOfNumber(text, from);
  }
}

/** From the opening quote of a member's key to behind its colon. */
export function endOfKey(text: string, from: number): number {
  if (text.charCodeAt(from) !== quote) return -1;
  const end = endOfString(text, from + 1);
  return end !== -1 && text.charCodeAt(end) === colon ? end + 1 : -1;
}

const maxDepth = auditLimits.bodyDepth;
/** What will close the objects and arrays that are open; one walk at a time. */
const closers = new Uint8Array(maxDepth + 1);

/** Behind a value of any kind, written without blanks. */
export function endOfValue(text: string, from: number): number {
  if (text.charCodeAt(from) === quote) return endOfString(text, from + 1);
  let at = from;
  let depth = 0;
  let closer = 0;
  while (at !== -1) {
    const first = text.charCodeAt(at);
    if (first === quote) at = endOfString(text, at + 1);
    else if (first === openBrace || first === openBracket) {
      if (depth === maxDepth) return -1;
      closer = first === openBrace ? closeBrace : closeBracket;
      depth += 1;
      closers[depth] = closer;
      at += 1;
      if (text.charCodeAt(at) !== closer) {
        if (closer === closeBrace) at = endOfKey(text, at);
        continue;
      }
    } else at = endOfScalar(text, at);
    if (at === -1) return -1;
    while (depth > 0 && text.charCodeAt(at) === closer) {
      at += 1;
      depth -= 1;
      closer = closers[depth] as number;
    }
    if (depth === 0) return at;
    if (text.charCodeAt(at) !== comma) return -1;
    at = closer === closeBrace ? endOfKey(text, at + 1) : at + 1;
  }
  return -1;
}
