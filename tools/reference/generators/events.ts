// docs/reference/events.md: the shape of every kind of event.
import { eventSchemas, inventorySchemas } from '@yagura/contracts';
import type { Generator } from '../generator.ts';
import { code, page, table } from '../markdown.ts';
import { plainSchema, schemaRows } from '../schema-rows.ts';

const schemas = Object.entries({ ...eventSchemas, ...inventorySchemas });

const generate = (): string =>
  page(
    'Events',
    'One line of NDJSON is one event: on the wire, in recordings and in tests. Rules see the first four; the others are what a cluster’s inventory tells.',
    ...schemas.flatMap(([kind, schema]) => [
      `## ${kind}`,
      table(
        ['field', 'type', 'always', 'meaning'],
        schemaRows(plainSchema(schema)).map(({ path, type, isRequired, description }) => [
          code(path),
          type,
          isRequired ? 'yes' : '',
          description,
        ]),
      ),
    ]),
  );

export const events: Generator = { file: 'events.md', generate };
