// Joins the two ends of a pipe between processes, whichever of them runs first.
import { commSize } from '../bpf/record.ts';
import type { ProcessExec } from '../probes/process-exec/decode.ts';

export interface PipeEnds {
  readonly pipedFrom?: string;
  readonly pipedTo?: string;
}

interface End {
  readonly pid: number;
  readonly name: string;
}

interface Pipe {
  writer?: End;
  reader?: End;
}

export interface PipeJoiner {
  /** Notes the process's ends and returns who holds the others, as far as they have run by now. */
  join(record: Pick<ProcessExec, 'identity' | 'streams' | 'args'>): PipeEnds;
  readonly size: number;
}

/** The name of what was started by /proc/self/exe, as BusyBox's shell starts its other programs. */
const selfExe = 'exe';

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).slice(0, commSize - 1);

/** Remembers the last `limit` pipes; an older one cannot be joined any more, which loses no event. */
export function createPipeJoiner(limit: number): PipeJoiner {
  const pipes = new Map<number, Pipe>();
  const pipeOf = (inode: number): Pipe => {
    const pipe = pipes.get(inode) ?? {};
    pipes.delete(inode);
    pipes.set(inode, pipe);
    if (pipes.size > limit) pipes.delete(pipes.keys().next().value ?? inode);
    return pipe;
  };
  return {
    get size() {
      return pipes.size;
    },
    join: ({ identity: { pid, name }, args, streams: [stdin, stdout, stderr] }) => {
      const end = { pid, name: name === selfExe ? baseName(args[0] ?? name) : name };
      let ends: PipeEnds = {};
      for (const stream of [stderr, stdout]) {
        if (stream.type !== 'pipe' || stream.inode === undefined) continue;
        const pipe = pipeOf(stream.inode);
        pipe.writer = end;
        if (pipe.reader && pipe.reader.pid !== pid) ends = { ...ends, pipedTo: pipe.reader.name };
      }
      if (stdin.type === 'pipe' && stdin.inode !== undefined) {
        const pipe = pipeOf(stdin.inode);
        pipe.reader = end;
        if (pipe.writer && pipe.writer.pid !== pid) ends = { ...ends, pipedFrom: pipe.writer.name };
      }
      return ends;
    },
  };
}
