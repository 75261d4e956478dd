// Fields of roles and bindings that look at what is given, and to whom, in a request or in a patch.
import type { ApiRequested } from '@yagura/contracts';
import { auditField, type Field, type FieldValue } from './field.ts';
import { at, listOf, present, text } from './outside-value.ts';
import { powersOf, rolePowers } from './role-powers.ts';
import { writtenValue } from './written-value.ts';

/** `namespace/name` of the service accounts among the subjects. */
function accountsOf(event: ApiRequested): readonly string[] {
  const own = text(at(event.request, 'objectRef', 'namespace'));
  return present(
    listOf(writtenValue(event, 'subjects')).map((subject) => {
      const name = text(at(subject, 'name'));
      const namespace = text(at(subject, 'namespace')) ?? own;
      return at(subject, 'kind') === 'ServiceAccount' && name !== undefined && namespace !== undefined
        ? `${namespace}/${name}`
        : undefined;
    }),
  );
}

function foreignAccounts(event: ApiRequested): FieldValue {
  const own = text(at(event.request, 'objectRef', 'namespace'));
  return own === undefined
    ? undefined
    : accountsOf(event).filter((account) => !account.startsWith(`${own}/`));
}

export const kaRoleFields: readonly Field[] = [
  auditField({
    name: 'ka.req.role.powers',
    isList: true,
    description: `What the rules of a role lead to: ${rolePowers.join(', ')}`,
    example: 'escalate',
    bind: () => (event) => powersOf(listOf(writtenValue(event, 'rules'))),
  }),
  auditField({
    name: 'ka.req.binding.subjects.account',
    isList: true,
    description: 'Service accounts among the subjects of a binding, with their namespaces',
    example: 'shop/default',
    bind: () => accountsOf,
  }),
  auditField({
    name: 'ka.req.binding.subjects.foreign',
    isList: true,
    description: 'Those of them that belong to another namespace than the binding',
    example: 'shop/default',
    bind: () => foreignAccounts,
  }),
];
