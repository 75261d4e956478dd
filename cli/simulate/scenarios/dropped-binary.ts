// A binary copied into the running container and executed: it is not part of the image.
import type { Scenario } from '../scenario.ts';

export const droppedBinary: Scenario = {
  id: 'dropped-binary',
  title: 'A dropped binary is executed',
  expects: ['drift'],
  command: () => ['/bin/sh', '-c', 'cp /bin/busybox /tmp/busybox && /tmp/busybox true'],
};
