// The OpenAPI 3.1 document, made from the endpoint constants.
import type { Endpoint } from '@yagura/contracts';
import type { TSchema } from 'typebox';

export interface OpenApiInfo {
  readonly version: string;
}

type Json = Record<string, unknown>;

export function createOpenApi(endpoints: readonly Endpoint[], { version }: OpenApiInfo): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    // OpenAPI has no sign for a parameter that takes all the rest.
    const path = endpoint.path.replaceAll('{+', '{');
    paths[path] ??= {};
    Object.assign(paths[path] ?? {}, { [endpoint.method.toLowerCase()]: operation(endpoint) });
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yagura hub',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Alerts, rules, nodes and clusters of one hub. Sign in with a session cookie or an API token.',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
    components: { securitySchemes, schemas: { Error: errorSchema }, responses: { Error: errorResponse } },
  };
}

const securitySchemes = {
  token: { type: 'http', scheme: 'bearer', description: 'API token, `ygr_…`' },
  session: { type: 'apiKey', in: 'cookie', name: 'yagura_session' },
};

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', description: 'see docs/reference/errors.md' },
        message: { type: 'string' },
        mend: { type: 'string', description: 'what to do about it' },
      },
    },
  },
};

const errorResponse = {
  description: 'An error, with what mends it',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
};

function operation(endpoint: Endpoint): Json {
  const parameters = [...pathParameters(endpoint.path), ...queryParameters(endpoint.query)];
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[3] ?? 'hub'],
    'x-access': endpoint.access,
    security: endpoint.access === 'open' ? [] : [{ token: [] }, { session: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.body ? { requestBody: { required: true, content: json(endpoint.body) } } : {}),
    responses: { ...success(endpoint), default: { $ref: '#/components/responses/Error' } },
  };
}

/** Schemas carry symbols and functions of their library; what travels is their JSON. */
const plain = (schema: TSchema): unknown => JSON.parse(JSON.stringify(schema));

const json = (schema: TSchema): Json => ({ 'application/json': { schema: plain(schema) } });

function success({ response, produces }: Endpoint): Json {
  if (response) return { 200: { description: 'Done', content: json(response) } };
  if (produces)
    return { 200: { description: 'Done', content: { [produces]: { schema: { type: 'string' } } } } };
  return { 204: { description: 'Done' } };
}

const pathParameters = (path: string): readonly Json[] =>
  [...path.matchAll(/\{\+?(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters(query: TSchema | undefined): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = plain(query) as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(schema.description ? { description: schema.description } : {}),
    schema,
  }));
}
