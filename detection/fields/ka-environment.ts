// Fields of what is given to programs as settings: environment variables of containers, data of config maps.
import { configFindings } from './config-findings.ts';
import { auditField, type Field } from './field.ts';
import { at, inside, listOf, readEach, text } from './outside-value.ts';
import { containersOf } from './pod-spec.ts';
import { writtenValue } from './written-value.ts';

const variableValue = (container: unknown, name: string): string | undefined =>
  text(inside(listOf(inside(container)?.env).find((variable) => inside(variable)?.name === name))?.value);

export const kaEnvironmentFields: readonly Field[] = [
  auditField({
    name: 'ka.req.pod.containers.env',
    isList: true,
    argument: { kind: 'key', isRequired: true },
    description:
      'Plain values of one environment variable of the containers; one at a time, since others may hold passwords',
    example: 'ka.req.pod.containers.env[POSTGRES_HOST_AUTH_METHOD] intersects (trust)',
    bind:
      (name = '') =>
      (event) =>
        readEach(containersOf(event), (container) => variableValue(container, name)),
  }),
  auditField({
    name: 'ka.req.configmap.findings',
    isList: true,
    description:
      'What a config map holds and should not, by kind: aws-key, private-key, password, azure-key, github-token, slack-token, postgres-trust',
    example: 'private-key',
    bind: () => (event) =>
      at(event.request, 'objectRef', 'resource') === 'configmaps'
        ? configFindings(writtenValue(event, 'data'))
        : [],
  }),
];
