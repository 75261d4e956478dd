// One rule that one event fired: at once which alert it is, and what an alert says of it only when somebody asks.
import { type AlertDraft, type Entities, type Event, isNodeEvent, type RuleInfo } from '@yagura/contracts';
import type { Compiled, HeldField } from '../compile/compile-condition.ts';
import { type OutputTemplate, renderOutput } from '../compile/output-template.ts';
import { createReading, type Reading, type ReadSlot } from '../compile/reading.ts';
import type { BoundField } from '../compile/typed-condition.ts';
import type { Firing } from '../state/sighting.ts';
import { alertIdOf, occurrenceIdOf } from './alert-identity.ts';
import { entitiesOf } from './entities.ts';
import { evidenceOf } from './evidence.ts';
import { maskText, maskValue } from './mask-credentials.ts';
import { createValueMask } from './mask-request.ts';

export interface Match {
  readonly rule: RuleInfo;
  readonly event: Event;
  readonly evidence: AlertDraft['evidence'];
  readonly entities: Entities;
  readonly message: string;
  /** The same for all events that are the same alert. */
  readonly alertId: string;
  /** The same for all records of one occurrence: an alert's count is the number of distinct ones. */
  readonly occurrenceId: string;
}

/** What of a rule its matches are made of. */
export interface MatchingRule {
  readonly info: RuleInfo;
  readonly compiled: Compiled;
  readonly output: OutputTemplate;
  readonly dedupe: readonly BoundField[];
  readonly readers: ReadonlyMap<BoundField, ReadSlot>;
  readonly cost: { faults: number };
}

type Account = Pick<Match, 'evidence' | 'entities' | 'message'>;

/** Of the many events of one alert only the first is told of, so that the account is made when it is asked for. */
class FoundMatch implements Match {
  readonly rule: RuleInfo;
  readonly event: Event;
  readonly alertId: string;
  readonly occurrenceId: string;
  readonly #matching: MatchingRule;
  readonly #reading: Reading;
  readonly #turn: number;
  readonly #firing: Firing | undefined;
  #account: Account | undefined;

  constructor(matching: MatchingRule, reading: Reading, firing: Firing | undefined) {
    this.rule = matching.info;
    this.event = reading.event;
    this.alertId = alertIdOf(matching.info.id, reading, matching.dedupe);
    this.occurrenceId = firing?.occurrenceId ?? occurrenceIdOf(reading.event);
    this.#matching = matching;
    this.#reading = reading;
    this.#turn = reading.turn;
    this.#firing = firing;
  }

  get evidence(): Match['evidence'] {
    return this.#tell().evidence;
  }

  get entities(): Entities {
    return this.#tell().entities;
  }

  get message(): string {
    return this.#tell().message;
  }

  #tell(): Account {
    this.#account ??= accountOf(this.#matching, this.#reread(), this.#firing);
    return this.#account;
  }

  /** What was read to decide is still at hand for whoever asks at once. */
  #reread(): Reading {
    const { turn, data } = this.#reading;
    return turn === this.#turn ? this.#reading : createReading(this.event, data);
  }
}

export const toMatch = (rule: MatchingRule, reading: Reading, firing?: Firing): Match =>
  new FoundMatch(rule, reading, firing);

/** Of other requests nothing is masked here: bodies that may hold credentials are left out of what is kept. */
function valueMaskOf(event: Event): <T>(value: T) => T {
  if (isNodeEvent(event)) return <T>(value: T): T => maskValue(value) as T;
  return createValueMask(event) ?? ((value) => value);
}

/** Never throws: an alert without an account is better than none. */
function accountOf(rule: MatchingRule, reading: Reading, firing: Firing | undefined): Account {
  const told = firing?.evidence ?? [];
  try {
    const held: HeldField[] = [];
    rule.compiled.collect(reading, held);
    const mask = valueMaskOf(reading.event);
    const output = renderOutput(rule.output, (bound) => mask(rule.readers.get(bound)?.(reading)));
    const message = firing === undefined ? output : `${output}: ${firing.told}`;
    const safe = held.map(([field, value]): HeldField => [field, mask(value)]);
    return {
      evidence: [...told.map((one) => ({ ...one, value: mask(one.value) })), ...evidenceOf(safe, told)],
      entities: entitiesOf(reading.event),
      message: isNodeEvent(reading.event) ? maskText(message) : message,
    };
  } catch {
    // A field of the output that the event has in a shape that nobody expects.
    rule.cost.faults += 1;
    return { evidence: [...told], entities: {}, message: rule.info.title };
  }
}
