// Takes passwords and tokens out of the command of an exec, which stands in the request's address word by word.
import type { ApiRequested } from '@yagura/contracts';
import { commandParameter, execWords } from '../fields/exec-command.ts';
import { queryPairs } from '../fields/uri-parameter.ts';
import { maskArgs, masked, maskValue } from './mask-credentials.ts';

type Texts = readonly (readonly [whole: string, masked: string])[];

const readableMask = (query: string): string => query.replaceAll(encodeURIComponent(masked), masked);

function maskedUri(uri: string, words: readonly string[]): string {
  const start = uri.indexOf('?') + 1;
  const query = queryPairs(uri.slice(start));
  query.delete(commandParameter);
  for (const word of words) query.append(commandParameter, word);
  return uri.slice(0, start) + readableMask(query.toString());
}

/** What the request holds that is kept in another form only; nothing where its command names no credential. */
function secretTexts({ request }: ApiRequested, words: readonly string[]): Texts {
  const safe = maskArgs(words);
  const uri = request.requestURI;
  if (uri === undefined || safe.join(' ') === words.join(' ')) return [];
  return [
    [uri, maskedUri(uri, safe)],
    [words.join(' '), safe.join(' ')],
  ];
}

const replaceIn = (value: unknown, texts: Texts): unknown => {
  if (Array.isArray(value)) return value.map((one) => replaceIn(one, texts));
  if (typeof value !== 'string') return value;
  return texts.reduce((rest, [whole, safe]) => rest.replaceAll(whole, () => safe), value);
};

/** Masks values of fields, before they are cut. Undefined where the request runs no command. */
export function createValueMask(event: ApiRequested): (<T>(value: T) => T) | undefined {
  const words = execWords(event);
  if (words.length === 0) return undefined;
  const texts = secretTexts(event, words);
  return <T>(value: T): T => maskValue(replaceIn(value, texts)) as T;
}

/** The event with its address masked. */
export function maskRequest(event: ApiRequested): ApiRequested {
  const words = execWords(event);
  const [uri] = words.length === 0 ? [] : secretTexts(event, words);
  return uri === undefined ? event : { ...event, request: { ...event.request, requestURI: uri[1] } };
}
