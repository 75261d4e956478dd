// A package manager runs in a container; this one only prints its arguments.
import type { Scenario } from '../scenario.ts';

export const packageManager: Scenario = {
  id: 'package-manager',
  title: 'A package manager runs in a container',
  expects: ['package-manager-in-container'],
  files: { '/sbin/apk': '#!/bin/sh\necho apk "$@"\n' },
  command: () => ['/sbin/apk', 'add', 'nothing'],
};
