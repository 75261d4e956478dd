// The rights of a process that the sensor needs, read from /proc.

/** Numbers of https://man7.org/linux/man-pages/man7/capabilities.7.html */
const numbers = { SYS_PTRACE: 19n, SYS_ADMIN: 21n, SYS_RESOURCE: 24n, PERFMON: 38n, BPF: 39n } as const;
export type CapabilityName = keyof typeof numbers;

/** Of the effective set in the text of /proc/PID/status. */
export function effectiveCapabilities(status: string): ReadonlySet<CapabilityName> {
  const hex = /^CapEff:\s*([0-9a-f]{1,16})$/m.exec(status)?.[1];
  if (hex === undefined) return new Set();
  const set = BigInt(`0x${hex}`);
  const names = Object.keys(numbers) as CapabilityName[];
  return new Set(names.filter((name) => (set >> numbers[name]) & 1n));
}

/** Before Linux 5.8 there was only SYS_ADMIN; it still holds the other two. */
export function missingForSensor(has: ReadonlySet<CapabilityName>): readonly CapabilityName[] {
  const wanted: readonly CapabilityName[] = has.has('SYS_ADMIN')
    ? ['SYS_PTRACE']
    : ['BPF', 'PERFMON', 'SYS_PTRACE'];
  return wanted.filter((name) => !has.has(name));
}
