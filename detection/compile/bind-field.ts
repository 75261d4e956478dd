// From a field's name and argument, as written, to its entry in the catalogue.
import { fieldCatalogue, findField } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import type { RuleProblem } from '../language/problem.ts';
import { didYouMean } from '../language/suggestion.ts';
import type { BoundField } from './typed-condition.ts';

export type BoundOrMistake =
  | { readonly ok: true; readonly bound: BoundField }
  | { readonly ok: false; readonly message: string; readonly expected?: string };

const mistake = (message: string, expected?: string): BoundOrMistake => ({
  ok: false,
  message,
  ...(expected === undefined ? {} : { expected }),
});

function argumentMistake(field: Field, argument: string | undefined): BoundOrMistake | undefined {
  const takes = field.argument;
  if (takes === undefined)
    return argument === undefined ? undefined : mistake(`the field "${field.name}" takes no argument`);
  if (argument === undefined)
    return takes.isRequired
      ? mistake(`the field "${field.name}" needs an argument`, `as in ${field.example}`)
      : undefined;
  if (takes.kind === 'index' && !/^\d{1,4}$/.test(argument) && argument !== '*')
    return mistake(`"${argument}" is no index of "${field.name}"`, 'a number from 0, as in [0]');
  if (takes.kind === 'pointer' && argument !== '' && !argument.startsWith('/'))
    return mistake(`"${argument}" is no JSON pointer`, 'a pointer that begins with /');
  return undefined;
}

const unknownField = 'unknown field ';

/** The problem is that the field is not known here. */
export const isUnknownField = ({ message }: RuleProblem): boolean => message.startsWith(unknownField);

/** `evt.arg.flags` is `evt.arg[flags]`, for the few fields that take their argument so too. */
function splitDotted(name: string): { readonly field: Field; readonly argument: string } | undefined {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const field = findField(name.slice(0, dot));
    if (field?.argument?.isDotted === true) return { field, argument: name.slice(dot + 1) };
  }
  return undefined;
}

export function bindField(name: string, argument?: string): BoundOrMistake {
  const known = findField(name);
  const dotted = known === undefined && argument === undefined ? splitDotted(name) : undefined;
  const field = known ?? dotted?.field;
  if (field === undefined) {
    const names = fieldCatalogue.map((other) => other.name);
    return mistake(`${unknownField}"${name}"${didYouMean(name, names)}`);
  }
  const given = dotted?.argument ?? argument;
  const wrong = argumentMistake(field, given);
  if (wrong !== undefined) return wrong;
  const key = argument === undefined ? name : `${name}[${argument}]`;
  const isOne = given !== undefined && field.argument?.picksOne === true;
  return {
    ok: true,
    bound: { key, field: isOne ? { ...field, isList: false } : field, read: field.bind(given) },
  };
}
