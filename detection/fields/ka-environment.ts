// Fields of what is given to programs as settings: environment variables of containers, lines of config maps.
import type { ApiRequested } from '@yagura/contracts';
import { auditField, type Field } from './field.ts';
import { at, listOf, present, text } from './outside-value.ts';
import { containersOf } from './pod-spec.ts';

/** Config maps hold up to a megabyte; what lies behind these many lines, or this far in a line, is not looked at. */
const limits = { lines: 2_000, lineLength: 300 };

const variableOf = (variable: unknown): string | undefined => {
  const [name, value] = [text(at(variable, 'name')), text(at(variable, 'value'))];
  return name === undefined || value === undefined ? undefined : `${name}=${value}`;
};

const tidy = (line: string): string => line.slice(0, limits.lineLength).replace(/\s+/g, ' ').trim();

function configLines(event: ApiRequested): readonly string[] {
  if (at(event.request, 'objectRef', 'resource') !== 'configmaps') return [];
  const data = at(event.request, 'requestObject', 'data');
  if (typeof data !== 'object' || data === null) return [];
  const lines: string[] = [];
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== 'string' || lines.length >= limits.lines) continue;
    if (!value.includes('\n')) lines.push(tidy(`${key}=${value}`));
    else for (const line of value.split('\n', limits.lines - lines.length)) lines.push(tidy(line));
  }
  return lines.filter((line) => line !== '');
}

export const kaEnvironmentFields: readonly Field[] = [
  auditField({
    name: 'ka.req.pod.containers.env',
    isList: true,
    description: 'Environment variables of the containers that are set to a plain value, as NAME=value',
    example: 'POSTGRES_HOST_AUTH_METHOD=trust',
    bind: () => (event) =>
      present(containersOf(event).flatMap((container) => listOf(at(container, 'env')).map(variableOf))),
  }),
  auditField({
    name: 'ka.req.configmap.lines',
    isList: true,
    description:
      'Lines of the data of a config map with runs of blanks as one, and values of one line as KEY=value; the first 2,000',
    example: 'host all all 0.0.0.0/0 trust',
    bind: () => configLines,
  }),
];
