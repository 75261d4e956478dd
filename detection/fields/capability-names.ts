// Names of Linux capabilities by their bits, as in include/uapi/linux/capability.h.

const names = [
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'IPC_OWNER',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_PACCT',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_NICE',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'MKNOD',
  'LEASE',
  'AUDIT_WRITE',
  'AUDIT_CONTROL',
  'SETFCAP',
  'MAC_OVERRIDE',
  'MAC_ADMIN',
  'SYSLOG',
  'WAKE_ALARM',
  'BLOCK_SUSPEND',
  'AUDIT_READ',
  'PERFMON',
  'BPF',
  'CHECKPOINT_RESTORE',
];

/** `0000000000200000` → `CAP_SYS_ADMIN`; nothing for what is no hexadecimal set. */
export function capabilityNames(set: unknown): string | undefined {
  if (typeof set !== 'string' || !/^[0-9a-fA-F]{1,16}$/.test(set)) return undefined;
  const bits = BigInt(`0x${set}`);
  return names
    .filter((_, bit) => (bits >> BigInt(bit)) & 1n)
    .map((name) => `CAP_${name}`)
    .join(' ');
}
