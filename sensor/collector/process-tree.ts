// The processes that run now, with bounded memory: what an exit or a child's ancestors need to know of them.
import type { Ancestor, Executable, Process } from '@yagura/contracts';
import type { AncestorRecord, Ancestry } from '../bpf/ancestor.ts';
import type { RecordHeader } from '../bpf/record.ts';
import type { ContainerRef } from './container-id.ts';

/** What an exec tells and an exit does not. */
export type Program = Pick<
  Process,
  'args' | 'argsCut' | 'cwd' | 'tty' | 'cgroupId' | 'cgroupPath' | 'stdin' | 'stdout' | 'stderr'
> & { readonly executable: Executable };

type Runner = Ancestry & Pick<RecordHeader, 'identity'> & { readonly executable: Executable };

export interface TreeEntry {
  readonly pid: number;
  /** Start in clock ticks since boot: with the pid it names a process for good, and /proc knows no more. */
  readonly startTicks: bigint;
  readonly program: Program;
  readonly container?: ContainerRef;
}

export interface TreeLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** USER_HZ is 100 on every architecture that Linux has containers on. */
export const nsPerTick = 10_000_000n;
const overheadBytes = 600;
const ancestorArgsMax = 32;
const ancestorArgLength = 512;
/** Processes whose end was told; two last threads may both tell it. */
const endedMax = 1024;

export type Removal = TreeEntry | 'unknown' | 'told-before';

export class ProcessTree {
  readonly #limits: TreeLimits;
  readonly #entries = new Map<number, TreeEntry>();
  readonly #ended = new Set<string>();
  #bytes = 0;
  #evicted = 0;

  constructor(limits: TreeLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get evicted(): number {
    return this.#evicted;
  }

  /** A process that is already there is replaced: it called exec again, or its pid was given anew. */
  put(entry: TreeEntry): void {
    this.#drop(entry.pid);
    this.#entries.set(entry.pid, entry);
    this.#bytes += sizeOf(entry);
    while (this.#entries.size > this.#limits.entries || this.#bytes > this.#limits.bytes) {
      const [oldest] = this.#entries.keys();
      if (oldest === undefined || oldest === entry.pid) break;
      this.#drop(oldest);
      this.#evicted += 1;
    }
  }

  /** Asking keeps it: entries that nobody asks for go first. */
  get(pid: number, startNs: bigint): TreeEntry | undefined {
    const entry = this.#entries.get(pid);
    if (entry?.startTicks !== startNs / nsPerTick) return undefined;
    this.#entries.delete(pid);
    this.#entries.set(pid, entry);
    return entry;
  }

  remove(pid: number, startNs: bigint): Removal {
    const key = `${pid} ${startNs}`;
    if (this.#ended.has(key)) return 'told-before';
    this.#ended.add(key);
    if (this.#ended.size > endedMax) this.#ended.delete(this.#ended.values().next().value ?? key);
    const entry = this.get(pid, startNs);
    if (!entry) return 'unknown';
    this.#drop(pid);
    return entry;
  }

  /** The kernel's list of ancestors with what is known of their programs. */
  ancestors(records: readonly AncestorRecord[]): Ancestor[] {
    const found: Ancestor[] = [];
    for (const [index, record] of records.entries()) {
      const entry = this.#programOf(records, index);
      found.push({
        pid: record.pid,
        nsPid: record.nsPid,
        name: record.name,
        ...(entry ? { path: entry.program.executable.path, args: shorten(entry.program.args) } : {}),
      });
    }
    return found;
  }

  /**
   * What a process runs, by the kernel's words on it. One that only forked runs the program of the nearest ancestor
   * that called exec, unless that one is gone and somebody else's file runs where its parent should be.
   */
  programOf({ identity, ancestors, isForkOnly, executable }: Runner): Program | undefined {
    const starter = isForkOnly ? ancestors.find((ancestor) => !ancestor.isForkOnly) : identity;
    const program = starter && this.get(starter.pid, starter.startNs)?.program;
    return program?.executable.path === executable.path ? program : undefined;
  }

  /** A process that only forked runs the program of the nearest ancestor that called exec. */
  #programOf(records: readonly AncestorRecord[], index: number): TreeEntry | undefined {
    const record = records[index];
    if (!record) return undefined;
    if (!record.isForkOnly) return this.get(record.pid, record.startNs);
    const next = records[index + 1];
    return next?.name === record.name ? this.#programOf(records, index + 1) : undefined;
  }

  #drop(pid: number): void {
    const entry = this.#entries.get(pid);
    if (!entry) return;
    this.#entries.delete(pid);
    this.#bytes -= sizeOf(entry);
  }
}

const shorten = (args: readonly string[]): string[] =>
  args.slice(0, ancestorArgsMax).map((arg) => arg.slice(0, ancestorArgLength));

/** An estimate: a character takes up to two bytes, an argument some overhead. */
function sizeOf({ program }: TreeEntry): number {
  const texts = [program.executable.path, program.cwd ?? '', program.cgroupPath ?? '', ...program.args];
  return texts.reduce((sum, text) => sum + 32 + text.length * 2, overheadBytes);
}
