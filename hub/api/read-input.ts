// Reads and checks what a request carries, against the endpoint's schemas.
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import Value from 'typebox/value';
import { HubError } from '../errors.ts';

/** Enough for a close comment; endpoints that take more say so. */
const bodyLimitBytes = 64 * 1024;

export type Check = (value: unknown) => void;

/** Throws REQUEST_INVALID that names the first field that is off. */
export function checker(schema: TSchema, what: 'query' | 'body'): Check {
  const validator = Compile(schema);
  return (value) => {
    if (validator.Check(value)) return;
    const [first] = validator.Errors(value);
    const field = first?.instancePath.slice(1).replaceAll('/', '.');
    const message = first?.keyword === 'pattern' ? wordsOf(schema, first.instancePath) : undefined;
    throw new HubError('REQUEST_INVALID', `${field || what}: ${message ?? first?.message ?? 'does not fit'}`);
  };
}

/** What a text must be, where its schema says so in words (`x-must-be`): nobody reads a pattern. */
function wordsOf(schema: TSchema, instancePath: string): string | undefined {
  let at: unknown = schema;
  for (const part of instancePath.split('/').slice(1))
    at = (at as { properties?: Record<string, unknown> } | undefined)?.properties?.[part];
  const words = (at as { 'x-must-be'?: string } | undefined)?.['x-must-be'];
  return words === undefined ? undefined : `must be ${words}`;
}

/** A parameter that the endpoint does not have is refused: a misspelt filter would show everything. */
export function readQuery(url: URL, schema: TSchema | undefined, check: Check | undefined): unknown {
  if (schema === undefined || check === undefined) return undefined;
  const known = (schema as { properties?: Record<string, unknown> }).properties ?? {};
  const raw: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    if (!Object.hasOwn(known, name))
      throw new HubError(
        'REQUEST_INVALID',
        `query: no parameter ${name.slice(0, 64)}; known are ${Object.keys(known).join(', ')}`,
      );
    if (Object.hasOwn(raw, name)) throw new HubError('REQUEST_INVALID', `${name}: given twice`);
    refuseNul(value);
    if (value !== '') raw[name] = value;
  }
  const value: unknown = Value.Default(schema, Value.Convert(schema, raw));
  check(value);
  return value;
}

/** PostgreSQL's text cannot hold it, and no id or filter has it. */
export function refuseNul(text: string): void {
  if (text.includes('\0')) throw new HubError('REQUEST_INVALID', 'U+0000 in an address');
}

export interface JsonInput {
  readonly schema: TSchema;
  readonly check: Check;
  readonly limitBytes?: number | undefined;
}

export async function readJson(
  request: Request,
  { schema, check, limitBytes = bodyLimitBytes }: JsonInput,
): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new HubError('TYPE_UNKNOWN');
  const text = await readText(request, limitBytes);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new HubError('REQUEST_INVALID', `body: ${(cause as Error).message.slice(0, 200)}`, { cause });
  }
  const value: unknown = Value.Default(schema, parsed);
  check(value);
  return value;
}

async function readText(request: Request, limitBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw new HubError('BODY_TOO_LARGE');
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw new HubError('BODY_TOO_LARGE');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
