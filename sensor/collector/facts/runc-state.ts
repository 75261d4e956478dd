// runc's state files: which container owns a cgroup, and what its annotations say.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import type { ContainerRef } from '../container-id.ts';
import { factsFromAnnotations } from './annotations.ts';
import type { FactSource } from './container-facts.ts';

/** As far as it is read. Source: libcontainer/container_linux.go, type State. */
const RuncState = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 128 }),
  config: Type.Object({
    labels: Type.Optional(Type.Union([Type.Null(), Type.Array(Type.String())])),
    cgroups: Type.Optional(Type.Object({ path: Type.Optional(Type.String()) })),
  }),
  cgroup_paths: Type.Optional(Type.Record(Type.String(), Type.String())),
});
type RuncState = Static<typeof RuncState>;

export const defaultRuncRoots = [
  '/run/runc',
  '/run/containerd/runc/*',
  '/run/docker/runtime-runc/*',
] as const;

const containersMax = 1000;
const stateLimitBytes = 2 * 1024 * 1024;
const rememberedMax = 2048;
/** A cgroup that is nobody's is looked up again after this. */
const retryMs = 1000;

export interface RuncStates extends FactSource {
  /** The container whose cgroup this is or lies above it. Reads files at the first call for a path. */
  findByCgroup(path: string): ContainerRef | undefined;
}

/** A root may end in `/*`: containerd and Docker keep one folder a namespace. */
export function createRuncStates(roots: readonly string[], now: () => number): RuncStates {
  const remembered = new Map<string, { readonly ref?: ContainerRef; readonly askAgainAt: number }>();
  const findByCgroup = (path: string): ContainerRef | undefined => {
    const before = remembered.get(path);
    if (before && (before.ref || before.askAgainAt > now())) return before.ref;
    const state = statesIn(roots).find((one) => owns(one, path));
    const ref = state ? { id: state.id, runtime: 'runc' } : undefined;
    remembered.delete(path);
    remembered.set(path, { ...(ref ? { ref } : {}), askAgainAt: now() + retryMs });
    if (remembered.size > rememberedMax) remembered.delete(remembered.keys().next().value ?? path);
    return ref;
  };
  return {
    name: 'runc',
    findByCgroup,
    find: async (ref) => {
      const state = expand(roots)
        .map((root) => readState(join(root, ref.id, 'state.json')))
        .find((one) => one !== undefined);
      return state && factsFromAnnotations({ runtime: 'runc', ...ref }, labelsOf(state));
    },
  };
}

function expand(roots: readonly string[]): string[] {
  return roots.flatMap((root) => {
    if (!root.endsWith('/*')) return [root];
    const parent = root.slice(0, -2);
    return listFolder(parent).map((name) => join(parent, name));
  });
}

const statesIn = (roots: readonly string[]): RuncState[] =>
  expand(roots).flatMap((root) =>
    listFolder(root)
      .map((id) => readState(join(root, id, 'state.json')))
      .filter((state) => state !== undefined),
  );

function listFolder(path: string): string[] {
  try {
    return readdirSync(path).slice(0, containersMax);
  } catch {
    // A runtime that is not installed has no folder.
    return [];
  }
}

function readState(path: string): RuncState | undefined {
  try {
    if (statSync(path).size > stateLimitBytes) return undefined;
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Value.Check(RuncState, value) ? value : undefined;
  } catch {
    // It is being written, or the container went away between listing and reading: asked again soon.
    return undefined;
  }
}

/** runc names a cgroup as its own cgroup namespace sees it, the kernel from the very root: so the end is compared too. */
function owns(state: RuncState, path: string): boolean {
  const own = cgroupOf(state);
  if (own === undefined || own === '/' || own === '') return false;
  return path === own || path.startsWith(`${own}/`) || path.endsWith(own) || path.includes(`${own}/`);
}

function cgroupOf({ config, cgroup_paths: paths = {} }: RuncState): string | undefined {
  if (config.cgroups?.path) return `/${config.cgroups.path.replace(/^\/+/, '')}`;
  const absolute = paths[''] ?? paths['memory'] ?? paths['pids'];
  return absolute?.replace(/^\/sys\/fs\/cgroup(?:\/(?:memory|pids|unified))?/, '');
}

/** `key=value` for each annotation. */
function labelsOf({ config }: RuncState): Record<string, string> {
  const pairs = (config.labels ?? []).map((label): [string, string] => {
    const equals = label.indexOf('=');
    return [label.slice(0, equals), label.slice(equals + 1)];
  });
  return Object.fromEntries(pairs);
}
