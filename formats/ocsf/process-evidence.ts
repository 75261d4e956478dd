// The evidence of what a process on a node did.
import type { ExportedAlert } from '../alert-format.ts';
import { formatTime } from '../format-time.ts';
import { at, integer, known, text, texts } from '../outside-value.ts';

export interface ProcessEvidence {
  readonly actor?: object | undefined;
  readonly process?: object | undefined;
  readonly container?: object | undefined;
  readonly resources?: readonly object[] | undefined;
}

export function processEvidence(alert: ExportedAlert): ProcessEvidence {
  const container = containerOf(alert.event);
  const process = processOf(alert.event, container);
  return {
    actor: process === undefined ? undefined : { process },
    process,
    container,
    resources: podOf(alert),
  };
}

function processOf(event: unknown, container: object | undefined): object | undefined {
  const process = at(event, 'process');
  const pid = integer(at(process, 'pid'));
  if (pid === undefined) return undefined;
  const path = text(at(process, 'executable', 'path'));
  const uid = integer(at(process, 'uid'));
  const args = texts(at(process, 'args'));
  return {
    pid,
    ...known({
      name: text(at(process, 'name')),
      path,
      cmd_line: args.length === 0 ? undefined : args.join(' '),
      tid: integer(at(process, 'tid')),
      namespace_pid: integer(at(process, 'nsPid')),
      working_directory: text(at(process, 'cwd')),
      created_time: formatTime(text(at(process, 'startedAt'))),
      user: uid === undefined ? undefined : { uid: String(uid), ...(uid === 0 ? { name: 'root' } : {}) },
      file: path === undefined ? undefined : fileOf(path),
      parent_process: parentOf(event),
      container,
    }),
  };
}

/** OCSF's file type "regular file". */
const regularFile = 1;

const fileOf = (path: string): object => ({
  name: path.slice(path.lastIndexOf('/') + 1) || path,
  path,
  type_id: regularFile,
});

function parentOf(event: unknown): object | undefined {
  const parent = at(event, 'ancestors', 0);
  const pid = integer(at(parent, 'pid'));
  if (pid === undefined) return undefined;
  const args = texts(at(parent, 'args'));
  return {
    pid,
    ...known({
      name: text(at(parent, 'name')),
      path: text(at(parent, 'path')),
      cmd_line: args.length === 0 ? undefined : args.join(' '),
    }),
  };
}

function containerOf(event: unknown): object | undefined {
  const container = at(event, 'container');
  const image = text(at(container, 'image'));
  const identity = known({ uid: text(at(container, 'id')), name: text(at(container, 'name')) });
  if (identity === undefined) return undefined;
  return {
    ...identity,
    ...known({
      runtime: text(at(container, 'runtime')),
      pod_uuid: text(at(event, 'pod', 'uid')),
      image:
        image === undefined ? undefined : { uid: text(at(container, 'imageDigest')) ?? image, name: image },
    }),
  };
}

function podOf({ entities, event }: ExportedAlert): readonly object[] | undefined {
  const { pod, namespace, cluster } = entities;
  if (pod === undefined) return undefined;
  const uid = text(at(event, 'pod', 'uid'));
  const group = cluster === undefined ? undefined : { name: cluster };
  return [{ name: pod, type: 'pods', ...known({ namespace, uid, group }) }];
}
