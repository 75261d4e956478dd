// docs/reference/fields.md: every field that a condition may name.
import { type Field, fieldCatalogue, operators, transformers } from '@yagura/detection';
import type { Generator } from '../generator.ts';
import { code, codes, page, table } from '../markdown.ts';

const argumentOf = ({ argument }: Field): string => {
  if (argument === undefined) return '';
  const text = `[${argument.kind}]`;
  return argument.isRequired ? text : `${text}?`;
};

const row = (field: Field): readonly string[] => [
  code(`${field.name}${argumentOf(field)}`),
  field.isList ? `list of ${field.type}` : field.type,
  field.kinds.length === 0 ? 'always empty so far' : codes(field.kinds),
  field.description,
  code(field.example),
];

const familyOf = ({ name }: Field): string => name.split('.')[0] ?? name;

const generate = (): string => {
  const families = [...Map.groupBy(fieldCatalogue, familyOf)];
  return page(
    'Fields',
    'Fields of conditions and outputs, with the names that Falco made common. `[…]` is an argument, `[…]?` one that may be left out.',
    '## Operators',
    table(
      ['operator', 'the value …', 'example'],
      Object.entries(operators).map(([name, { description, example }]) => [
        code(name),
        description,
        code(example),
      ]),
    ),
    '## Transformers',
    table(
      ['transformer', 'makes', 'example'],
      Object.entries(transformers).map(([name, { description, example }]) => [
        code(`${name}()`),
        description,
        code(example),
      ]),
    ),
    ...families.flatMap(([family, fields]) => [
      `## ${family}`,
      table(['field', 'type', 'events', 'meaning', 'example'], fields.map(row)),
    ]),
  );
};

export const fields: Generator = { file: 'fields.md', generate };
