// Installs the system packages that the sensor's build, `yagura simulate` and the tests need, where that is possible.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { hasCommand, run } from './command.mjs';
import { during, say } from './say.mjs';

const has = {
  command: (name) => () => hasCommand(name),
  file:
    (...paths) =>
    () =>
      paths.some(existsSync),
};

const multiarch = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch] ?? process.arch;

/** Debian's names; `isThere` looks for the thing itself, so that another way of installing it counts as well. */
const sensorBuild = [
  { name: 'clang', isThere: has.command('clang') },
  { name: 'gcc', isThere: has.command('gcc') },
  { name: 'libc6-dev', isThere: has.file('/usr/include/stdio.h') },
  { name: 'libbpf-dev', isThere: has.file('/usr/include/bpf/libbpf.h') },
  { name: 'libelf-dev', isThere: has.file('/usr/include/libelf.h', '/usr/include/gelf.h') },
  { name: 'zlib1g-dev', isThere: has.file('/usr/include/zlib.h') },
  {
    name: 'linux-libc-dev',
    isThere: has.file(`/usr/include/${multiarch}/asm/types.h`, '/usr/include/asm/types.h'),
  },
];

const simulate = [
  { name: 'runc', isThere: has.command('runc') },
  { name: 'busybox-static', isThere: has.command('busybox') },
  { name: 'curl', isThere: has.command('curl') },
];

const browser = [
  {
    name: 'chromium',
    isThere: () => ['chromium', 'chromium-browser', 'google-chrome'].some(hasCommand),
  },
];

const recordLayout = [{ name: 'bpftool', isThere: has.command('bpftool') }];

/** `service`: what the package would leave running; whoever runs tests has not asked for that. */
const cluster = [
  { name: 'containerd', isThere: has.command('containerd'), service: 'containerd.service' },
  {
    name: 'containernetworking-plugins',
    isThere: has.file('/usr/lib/cni/ptp', '/opt/cni/bin/ptp', '/usr/libexec/cni/ptp'),
  },
  { name: 'nftables', isThere: has.command('nft') },
  { name: 'iptables', isThere: has.command('iptables') },
  { name: 'ipset', isThere: has.command('ipset') },
  { name: 'iproute2', isThere: has.command('ip') },
  { name: 'runc', isThere: has.command('runc') },
  { name: 'busybox-static', isThere: has.command('busybox') },
  { name: 'gcc', isThere: has.command('gcc') },
  { name: 'libc6-dev', isThere: has.file('/usr/include/stdio.h') },
];

const groups = {
  start: [...sensorBuild, ...simulate],
  test: [...sensorBuild, ...simulate, ...browser, ...recordLayout, ...cluster],
  cluster,
};

const missingNeeds = (purpose) => groups[purpose].filter((need) => !need.isThere());

export const missingSystemPackages = (purpose) => [
  ...new Set(missingNeeds(purpose).map((need) => need.name)),
];

const isDebianFamily = () => {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
};

const hasPackageLists = () => {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => name.includes('_Packages'));
  } catch {
    return false;
  }
};

const aptEnvironment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'l' };
const aptGet = (...args) =>
  run('apt-get', ['-q', '-y', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: aptEnvironment,
  });

const aptInstall = async (names) => {
  const install = () => aptGet('install', '--no-install-recommends', ...names);
  if (hasPackageLists()) {
    const first = await install();
    if (first.ok) return first;
  }
  const update = await aptGet('update');
  return update.ok ? install() : update;
};

/** Neither now nor after the next start of the machine. */
const silenceServices = async (needs) => {
  for (const { service } of needs) {
    if (service === undefined || !hasCommand('systemctl')) continue;
    const isSystemd = existsSync('/run/systemd/system');
    const ended = await run('systemctl', ['disable', ...(isSystemd ? ['--now'] : []), service]);
    if (!ended.ok) say(`${service} may run now, which nobody asked for: ${lastLines(ended.output)}`);
  }
};

const lastLines = (text) => text.trim().split('\n').slice(-8).join('\n');

/** Never ends the set-up: without these the sensor stays off or tests are skipped, and each says so itself. */
export const installSystemPackages = async (purpose, { mayInstall }) => {
  const needs = missingNeeds(purpose);
  const missing = missingSystemPackages(purpose);
  if (missing.length === 0) return;
  const list = missing.join(' ');
  const canInstall = process.getuid?.() === 0 && isDebianFamily() && hasCommand('apt-get');
  if (!mayInstall || !canInstall) {
    say(`not installed: ${list} (Debian's names). To have them: sudo apt-get install ${list}`);
    return;
  }
  const isInstalled = await during(`installing system packages: ${list}`, async () => {
    const ended = await aptInstall(missing);
    if (!ended.ok) process.stderr.write(`${lastLines(ended.output)}\n`);
    await silenceServices(needs.filter((need) => need.isThere()));
    return ended.ok;
  });
  if (!isInstalled)
    say(`going on without ${list}; to try by hand: apt-get update && apt-get install ${list}`);
};
