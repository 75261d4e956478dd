// A web server's process starts a shell.
import type { Scenario } from '../scenario.ts';

export const webShell: Scenario = {
  id: 'web-shell',
  title: 'A web server starts a shell',
  expects: ['shell-below-web-server'],
  files: { '/usr/sbin/nginx': "#!/bin/sh\n/bin/sh -c 'id'\n" },
  command: () => ['/usr/sbin/nginx'],
};
