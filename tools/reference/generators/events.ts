// docs/reference/events.md: the shape of every kind of event.
import { eventKinds, eventSchemas } from '@yagura/contracts';
import type { Generator } from '../generator.ts';
import { code, page, table } from '../markdown.ts';
import { plainSchema, schemaRows } from '../schema-rows.ts';

const generate = (): string =>
  page(
    'Events',
    'One line of NDJSON is one event: on the wire, in recordings and in tests.',
    ...eventKinds.flatMap((kind) => [
      `## ${kind}`,
      table(
        ['field', 'type', 'always', 'meaning'],
        schemaRows(plainSchema(eventSchemas[kind])).map(({ path, type, isRequired, description }) => [
          code(path),
          type,
          isRequired ? 'yes' : '',
          description,
        ]),
      ),
    ]),
  );

export const events: Generator = { file: 'events.md', generate };
