// Events for tests, whole and valid.
import type { ProcessStarted } from '@yagura/contracts';

export const processEvent = (id: string): ProcessStarted => ({
  kind: 'process.started',
  id,
  time: '2026-01-02T03:04:05.123456789Z',
  container: { id: 'c'.repeat(64) },
  process: {
    pid: 10,
    tid: 10,
    ppid: 1,
    uid: 0,
    gid: 0,
    name: 'true',
    executable: { path: '/bin/true', upperLayer: false },
    args: ['true'],
    argsCut: false,
    capabilities: '0',
    cgroupId: '1',
    namespaces: { mnt: 1 },
  },
});
