// Endpoints about extensions: what shall be installed in a connected cluster, and how far its agent is.
import Type from 'typebox';
import { ChartVersion, Extension, ExtensionValues } from '../fleet/extension.ts';
import { endpoint } from './endpoint.ts';

export const listExtensions = endpoint({
  id: 'listExtensions',
  method: 'GET',
  path: '/api/v1/clusters/{name}/extensions',
  access: 'fleet:read',
  summary: 'Extensions that were ever wanted in a cluster, with their status',
  response: Type.Object({ items: Type.Array(Extension) }),
});

export const getExtension = endpoint({
  id: 'getExtension',
  method: 'GET',
  path: '/api/v1/clusters/{name}/extensions/{extension}',
  access: 'fleet:read',
  summary: 'One extension of a cluster',
  response: Extension,
});

/** The same again makes no new generation. */
export const putExtension = endpoint({
  id: 'putExtension',
  method: 'PUT',
  path: '/api/v1/clusters/{name}/extensions/{extension}',
  access: 'clusters:write',
  summary: 'Want an extension to be installed in a cluster, with exactly these values',
  body: Type.Object(
    {
      version: Type.Optional(ChartVersion),
      values: Type.Optional(
        Type.Unsafe<ExtensionValues>({
          ...ExtensionValues,
          description: "of its chart; checked against the chart's schema, 32 KiB at the most",
        }),
      ),
    },
    { additionalProperties: false },
  ),
  response: Extension,
  recordsItself: true,
});

export const deleteExtension = endpoint({
  id: 'deleteExtension',
  method: 'DELETE',
  path: '/api/v1/clusters/{name}/extensions/{extension}',
  access: 'clusters:write',
  summary: 'Want an extension to be removed from a cluster',
  response: Extension,
  recordsItself: true,
});
