// docs/reference/endpoints.md: every endpoint of the hub, by port.
import { type Access, endpoints as all, type Endpoint } from '@yagura/contracts';
import type { Generator } from '../generator.ts';
import { code, page, table } from '../markdown.ts';
import { plainSchema, schemaRows } from '../schema-rows.ts';

const agentAccess: readonly Access[] = ['agent', 'registration', 'cluster'];

const accessWords: Readonly<Partial<Record<Access, string>>> = {
  open: 'anyone',
  session: 'anyone signed in',
  agent: 'client certificate',
  registration: 'registration token',
  cluster: "cluster's audit credential",
};

const row = (endpoint: Endpoint): readonly string[] => [
  code(`${endpoint.method} ${endpoint.path}`),
  endpoint.summary,
  accessWords[endpoint.access] ?? code(endpoint.access),
  schemaRows(plainSchema(endpoint.query))
    .map(({ path }) => code(path))
    .join(', '),
];

const portTable = (port: readonly Endpoint[]): string =>
  table(['endpoint', 'what', 'who may', 'query'], port.map(row));

const generate = (): string => {
  const isForAgents = ({ access }: Endpoint): boolean => agentAccess.includes(access);
  return page(
    'Endpoints',
    'Shapes of bodies and answers are in [openapi.json](openapi.json), which the hub serves too. Errors: [errors](errors.md).',
    '## Console and API (port 7080)',
    portTable(all.filter((endpoint) => !isForAgents(endpoint))),
    '## Nodes and clusters (port 7443, TLS)',
    portTable(all.filter(isForAgents)),
  );
};

export const endpoints: Generator = { file: 'endpoints.md', generate };
