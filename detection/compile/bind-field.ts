// From a field's name and argument, as written, to its entry in the catalogue.
import { fieldCatalogue, findField } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
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

export function bindField(name: string, argument?: string): BoundOrMistake {
  const field = findField(name);
  if (field === undefined) {
    const names = fieldCatalogue.map((known) => known.name);
    return mistake(`unknown field "${name}"${didYouMean(name, names)}`);
  }
  const wrong = argumentMistake(field, argument);
  if (wrong !== undefined) return wrong;
  const key = argument === undefined ? name : `${name}[${argument}]`;
  return { ok: true, bound: { key, field, read: field.bind(argument) } };
}
