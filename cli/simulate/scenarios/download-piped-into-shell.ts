// A script fetched from loopback and run at once; the script only prints a line.
import type { Scenario } from '../scenario.ts';

export const downloadPipedIntoShell: Scenario = {
  id: 'download-piped-into-shell',
  title: 'A download piped into a shell',
  expects: ['download-piped-into-shell'],
  command: ({ web }) => ['/bin/sh', '-c', `curl -fsS http://127.0.0.1:${web.port}/install.sh | sh`],
};
