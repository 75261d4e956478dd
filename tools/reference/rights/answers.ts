// What every account may of what is asked, by its rules alone; a test asks a real API server the same.
import type { Question } from './questions.ts';
import type { Role, Rule } from './roles.ts';

export interface Account {
  readonly name: string;
  /** As the API server calls it, where the chart is installed as `yagura` into `yagura`, and the hub's as `hub`. */
  readonly user: string;
  readonly may: (question: Question) => boolean;
}

const inNamespace = 'system:serviceaccount:yagura:';

export function accountsOf(roles: readonly Role[]): readonly Account[] {
  const rulesOf = (...names: readonly string[]): readonly Rule[] =>
    roles.filter(({ name }) => names.includes(name)).flatMap(({ rules }) => rules);
  const account = (name: string, user: string, ...names: readonly string[]): Account => ({
    ...{ name, user },
    may: (question) => rulesOf(...names).some((rule) => holds(rule, question)),
  });
  const connect = (name: string, user: string, extensions: readonly Rule[]): Account => ({
    ...{ name, user },
    may: (question) => {
      const may = (rules: readonly Rule[]): boolean => rules.some((rule) => holds(rule, question));
      if (question.where === 'extensions') return may(extensions);
      if (question.name === 'yagura-reader') return may(rulesOf('yagura-connect-impersonate'));
      const isIdentity = question.where === 'own' && question.name === 'yagura-connect-identity';
      return isIdentity && may(rulesOf('yagura-connect-identity'));
    },
  });
  return [
    account('collector', `${inNamespace}yagura-collector`),
    account('publisher', `${inNamespace}yagura-publisher`),
    account('inventory', `${inNamespace}yagura-inventory`, 'yagura-inventory'),
    account(
      ...(['inventory with Secrets', 'system:serviceaccount:second:second-inventory'] as const),
      ...['yagura-inventory', 'yagura-inventory-secrets'],
    ),
    connect('connect agent', `${inNamespace}yagura-connect`, []),
    connect(
      ...(['connect agent with extensions', 'system:serviceaccount:yagura-connect:yagura-connect'] as const),
      rulesOf('yagura-connect-extensions'),
    ),
    account('role yagura-reader', 'yagura-reader', 'yagura-reader'),
    account('hub', `${inNamespace}hub`),
    account('default', `${inNamespace}default`),
  ];
}

const holds = (
  { apiGroups, resources, verbs }: Rule,
  { verb, group, resource, subresource }: Question,
): boolean =>
  verbs.includes(verb) &&
  apiGroups.includes(group) &&
  resources.includes(subresource === undefined ? resource : `${resource}/${subresource}`);
