// Fields of the pod template inside a workload; a rule on pods sees the pods of it a moment later, and is mostly the better place.
import type { ApiRequested } from '@yagura/contracts';
import { auditField, type Field } from './field.ts';
import { inside, listOf, readEach, text } from './outside-value.ts';
import { commandOf } from './pod-spec.ts';
import { writtenValue } from './written-value.ts';

/** Of cron jobs the template lies one step deeper. */
function templateContainers(event: ApiRequested): readonly unknown[] {
  const spec = inside(writtenValue(event, 'spec'));
  const specOfJob = inside(inside(spec?.jobTemplate)?.spec);
  const inner = inside(inside(spec?.template)?.spec ?? inside(specOfJob?.template)?.spec);
  return [...listOf(inner?.containers), ...listOf(inner?.initContainers)];
}

export const kaTemplateFields: readonly Field[] = [
  auditField({
    name: 'ka.req.template.containers.command',
    isList: true,
    description: 'Command and arguments of each container in the template of a workload, joined by spaces',
    example: 'sh -c id',
    bind: () => (event) => readEach(templateContainers(event), commandOf),
  }),
  auditField({
    name: 'ka.req.template.containers.image',
    isList: true,
    description: 'Images in the template of a workload',
    example: 'nginx:1.27',
    bind: () => (event) => readEach(templateContainers(event), (one) => text(inside(one)?.image)),
  }),
];
