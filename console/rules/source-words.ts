// What a rule looks at, in words.
import type { RuleInfo } from '@yagura/contracts';

export const sourceWords: Readonly<Record<RuleInfo['source'], string>> = {
  syscall: 'Processes on nodes',
  k8s_audit: 'Kubernetes audit log',
};
