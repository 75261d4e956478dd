// Fields of admission webhooks: where the API server sends objects, and what happens when nobody answers.
import type { ApiRequested } from '@yagura/contracts';
import { auditField, type Field } from './field.ts';
import { at, listOf, present, text } from './outside-value.ts';
import { writtenValue } from './written-value.ts';

const webhooksOf = (event: ApiRequested): readonly unknown[] => listOf(writtenValue(event, 'webhooks'));

const namespacesOf = (event: ApiRequested): readonly string[] =>
  present(webhooksOf(event).map((webhook) => text(at(webhook, 'clientConfig', 'service', 'namespace'))));

const accountNamespace = /^system:serviceaccount:([^:]+):/;

/** Whoever runs the service that is called looks after its own webhooks: certificates, rules, selectors. */
function isOwn(event: ApiRequested): boolean {
  const own = accountNamespace.exec(text(event.request.user?.username) ?? '')?.[1];
  const namespaces = namespacesOf(event);
  return own !== undefined && namespaces.length > 0 && namespaces.every((namespace) => namespace === own);
}

export const kaWebhookFields: readonly Field[] = [
  auditField({
    name: 'ka.req.webhook.url',
    isList: true,
    description:
      'URLs that the webhooks of a configuration call; none where they call services of the cluster',
    example: 'https://collector.example/mutate',
    bind: () => (event) =>
      present(webhooksOf(event).map((webhook) => text(at(webhook, 'clientConfig', 'url')))),
  }),
  auditField({
    name: 'ka.req.webhook.namespace',
    isList: true,
    description: 'Namespaces of the services that the webhooks call',
    example: 'cert-manager',
    bind: () => namespacesOf,
  }),
  auditField({
    name: 'ka.req.webhook.failure_policy',
    isList: true,
    description: 'What happens when a webhook does not answer: Fail or Ignore',
    example: 'Ignore',
    bind: () => (event) => present(webhooksOf(event).map((webhook) => text(at(webhook, 'failurePolicy')))),
  }),
  auditField({
    name: 'ka.req.webhook.own',
    type: 'boolean',
    description: 'Whether a service account of the namespace that all webhooks call writes the configuration',
    example: 'true',
    bind: () => isOwn,
  }),
];
