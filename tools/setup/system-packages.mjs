// Installs the system packages that the sensor's build and `yagura simulate` need, where that is possible.
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

const groups = {
  start: [...sensorBuild, ...simulate],
  test: [...sensorBuild, ...simulate, ...browser, ...recordLayout],
};

export const missingSystemPackages = (purpose) =>
  groups[purpose].filter((need) => !need.isThere()).map((need) => need.name);

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

const lastLines = (text) => text.trim().split('\n').slice(-8).join('\n');

/** Never ends the set-up: without these the sensor stays off or tests are skipped, and each says so itself. */
export const installSystemPackages = async (purpose, { mayInstall }) => {
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
    return ended.ok;
  });
  if (!isInstalled)
    say(`going on without ${list}; to try by hand: apt-get update && apt-get install ${list}`);
};
