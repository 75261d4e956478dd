// More rules of the kinds that are there, to see what a rule costs when there are many.
import { builtinRules, type LoadedRule, loadRuleFolder, loadRules } from '@yagura/detection';

const resources = [
  'deployments',
  'daemonsets',
  'networkpolicies',
  'roles',
  'ingresses',
  'services',
  'cronjobs',
  'serviceaccounts',
  'configmaps',
  'nodes',
];
const verbs = ['create', 'update', 'patch', 'delete'];

const auditRule = (index: number): string => `
- rule: audit ${index}
  source: k8s_audit
  condition: >
    ka.stage in (ResponseStarted, ResponseComplete)
    and ka.verb = ${verbs[index % verbs.length]}
    and ka.target.resource = ${resources[Math.floor(index / verbs.length) % resources.length]}
    and ka.user.name startswith "mallory-${index}"
    and not ka.target.namespace in (kube-system, kube-public)
  output: "%ka.user.name"
  priority: INFO
`;

const processRule = (index: number): string => `
- rule: process ${index}
  condition: >
    evt.type in (execve, execveat)
    and proc.name in (tool-${index}, tool-${index}-ng)
    and (proc.args contains "--attack-${index}" or proc.pname = tool-parent)
    and container.id != host
  output: "%proc.cmdline"
  priority: INFO
`;

export const builtin = async (): Promise<readonly LoadedRule[]> => (await loadRuleFolder(builtinRules)).rules;

/** The built-in rules and as many more as it takes. */
export async function manyRules(count: number, source: 'audit' | 'process'): Promise<readonly LoadedRule[]> {
  const own = await builtin();
  const write = source === 'audit' ? auditRule : processRule;
  const text = Array.from({ length: Math.max(0, count - own.length) }, (_, index) => write(index)).join('');
  const { rules, problems } = loadRules([{ path: 'bench.yaml', text }]);
  if (problems.length > 0) throw new Error(`the bench wrote a bad rule: ${problems[0]?.message}`);
  return [...own, ...rules].slice(0, count);
}
