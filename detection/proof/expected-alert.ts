// What a case says of an alert that must come: read, so that a mistyped word proves nothing by accident.
import { isSeverity, severities } from '@yagura/contracts';
import { isRecord } from '../fields/outside-value.ts';
import { didYouMean } from '../language/suggestion.ts';

/** What one alert must be like; only what is named is compared. */
export interface ExpectedAlert {
  readonly count?: number;
  readonly severity?: string;
  /** Part of the message. */
  readonly message?: string;
  /** Fields that must be among the evidence. */
  readonly evidence?: readonly string[];
  readonly entities?: Readonly<Record<string, string>>;
}

const isText = (value: unknown): value is string => typeof value === 'string';

interface Word {
  readonly fits: (value: unknown) => boolean;
  readonly wanted: string;
}

const words: Readonly<Record<keyof ExpectedAlert, Word>> = {
  count: { fits: (value) => Number.isInteger(value) && Number(value) > 0, wanted: 'a whole number from 1' },
  severity: { fits: isSeverity, wanted: `one of ${severities.join(', ')}` },
  message: { fits: isText, wanted: 'text' },
  evidence: { fits: (value) => Array.isArray(value) && value.every(isText), wanted: 'a list of fields' },
  entities: {
    fits: (value) => isRecord(value) && Object.values(value).every(isText),
    wanted: 'a mapping of texts, such as { pod: web-1 }',
  },
};

const isWord = (key: string): key is keyof ExpectedAlert => Object.hasOwn(words, key);

/** What is wrong with it, or nothing. */
export function expectedAlertMistake(value: unknown): string | undefined {
  if (!isRecord(value)) return 'an alert is a mapping, such as { count: 1 }';
  for (const [key, said] of Object.entries(value)) {
    if (!isWord(key)) return `unknown key "${key}" of an alert${didYouMean(key, Object.keys(words))}`;
    if (!words[key].fits(said)) return `\`${key}\` of an alert is ${words[key].wanted}`;
  }
  return undefined;
}
