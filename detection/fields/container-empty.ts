// Falco's fields of a container that no event here has, in a table.
import { type EmptyRow, emptyFields, type Field } from './field.ts';

const mount = { kind: 'key', isRequired: true } as const;

const rows: readonly EmptyRow[] = [
  ['container.image.id', 'text', 'Id of the image', '6f7e2741b66b'],
  ['container.mounts', 'text', 'All mounts', '/:/host::true:private'],
  ['container.mount', 'text', 'One mount, by number or source', 'container.mount[/proc] != none', mount],
  ['container.mount.source', 'text', 'Source of one mount', 'container.mount.source[0] = /', mount],
  ['container.mount.dest', 'text', 'Place of one mount', 'container.mount.dest[/proc] exists', mount],
  ['container.mount.mode', 'text', 'Mode of one mount', 'container.mount.mode[0] = rw', mount],
  [
    'container.mount.rdwr',
    'text',
    'Whether one mount can be written',
    'container.mount.rdwr[0] = true',
    mount,
  ],
  [
    'container.mount.propagation',
    'text',
    'Propagation of one mount',
    'container.mount.propagation[0] = private',
    mount,
  ],
  ['container.healthcheck', 'text', 'Command of the health check', '/bin/healthy'],
  ['container.liveness_probe', 'text', 'Command of the liveness probe', '/bin/alive'],
  ['container.readiness_probe', 'text', 'Command of the readiness probe', '/bin/ready'],
  ['container.start_ts', 'number', 'When it began, in nanoseconds since 1970', '1746352700000000000'],
  ['container.duration', 'number', 'Nanoseconds since then', '90000000000'],
  ['container.ip', 'text', 'Its address', '10.42.0.7'],
  ['container.cni.json', 'text', 'Its network interfaces as JSON', '{"eth0":{}}'],
  ['container.host_pid', 'boolean', 'It shares the process ids of the node', 'true'],
  ['container.host_network', 'boolean', 'It shares the network of the node', 'true'],
  ['container.host_ipc', 'boolean', 'It shares the IPC namespace of the node', 'true'],
  ['container.label', 'text', 'One label of the container', 'container.label[app] = web', mount],
  ['container.labels', 'text', 'All labels of the container', 'app:web'],
];

export const emptyContainerFields: readonly Field[] = emptyFields('syscall', rows);
