// Everything that can go wrong on a node, with what to do about it.

export const errorCodes = {
  SOCKET_TAKEN: {
    meaning: 'The path of the socket between collector and publisher is in use.',
    mend: 'End the other publisher, or give this one another --socket; a file that is no socket has to be moved away by hand.',
  },
  KERNEL_WITHOUT_BTF: {
    meaning: 'The kernel does not describe its own types, so that the probes cannot be fitted to it.',
    mend: 'Use a kernel of 5.8 or newer built with CONFIG_DEBUG_INFO_BTF=y, as those of the usual distributions are; /sys/kernel/btf/vmlinux must exist.',
  },
  CAPABILITY_MISSING: {
    meaning: 'The collector may not load eBPF programs.',
    mend: 'Run it as root, or with the capabilities BPF, PERFMON and SYS_PTRACE (SYS_RESOURCE too before kernel 5.11); inside a container they must be added to it.',
  },
  SENSOR_NOT_BUILT: {
    meaning: 'The loader or the eBPF objects are missing or of another version.',
    mend: 'Run `npm run build:sensor`; it says which packages it needs.',
  },
  PROBE_REJECTED: {
    meaning: 'The kernel did not take a probe.',
    mend: 'Look at the details in the log, which hold what the kernel said, and report them together with `uname -r`; kernels before 5.8 are not supported.',
  },
  SCOPE_INVALID: {
    meaning: 'The scope is not one that the collector knows.',
    mend: 'Give --scope node, --scope containers or --scope cgroup:/path/of/a/cgroup.',
  },
  SCOPE_EMPTY: {
    meaning: 'The cgroup that the scope names does not exist.',
    mend: 'Make the cgroup first, or give the path as it stands below /sys/fs/cgroup (and below the controller with cgroup v1).',
  },
  WATCH_INVALID: {
    meaning: 'A pattern of watched files is not one, or there are too many.',
    mend: 'Give --watch-files the ends of paths: up to four names of up to 46 characters, `*` alone for any one (etc/myapp/*).',
  },
} as const;

export type SensorErrorCode = keyof typeof errorCodes;

export class SensorError extends Error {
  override readonly name = 'SensorError';
  readonly code: SensorErrorCode;
  readonly mend: string;

  constructor(code: SensorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.mend = errorCodes[code].mend;
  }
}
