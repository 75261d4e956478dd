// Fields of the pod that a request brings.
import type { ApiRequested } from '@yagura/contracts';
import type { Scalar } from '../language/operators.ts';
import { auditField, type Field } from './field.ts';
import { parseImage } from './image-reference.ts';
import { flag, inside, listOf, number, pick, present, readEach, text } from './outside-value.ts';
import { commandOf, containersOf, hostPathOf, imagesOf, podSpec, volumesOf } from './pod-spec.ts';
import { writtenValue } from './written-value.ts';

const index = { kind: 'index', isRequired: false } as const;
type Described = Pick<Field, 'name' | 'description' | 'example'> & Partial<Pick<Field, 'type'>>;

/** One value of each container that has it. */
const perContainer = (
  field: Described,
  read: (container: unknown, event: ApiRequested) => Scalar | undefined,
): Field =>
  auditField({
    ...field,
    isList: true,
    argument: index,
    bind: (position) => (event) =>
      readEach(pick(containersOf(event), position), (container) => read(container, event)),
  });

/** Several values of each. */
const manyPerContainer = (field: Described, read: (container: unknown) => readonly Scalar[]): Field =>
  auditField({
    ...field,
    isList: true,
    argument: index,
    bind: (position) => (event) => pick(containersOf(event), position).flatMap(read),
  });

const perVolume = (field: Described, read: (volume: unknown) => Scalar | undefined): Field =>
  auditField({
    ...field,
    isList: true,
    argument: index,
    bind: (position) => (event) => readEach(pick(volumesOf(event), position), read),
  });

const ofPod = (field: Described, read: (spec: unknown) => Scalar | undefined): Field =>
  auditField({ ...field, bind: () => (event) => read(podSpec(event)) });

/** Of a container, or of a pod's spec. */
const security = (of: unknown) => inside(inside(of)?.securityContext);

const containers: readonly Field[] = [
  auditField({
    name: 'ka.req.pod.containers.image',
    isList: true,
    argument: index,
    description: 'Images of the containers, init and ephemeral ones included',
    example: 'nginx:1.27',
    bind: (position) => (event) => pick(imagesOf(event), position),
  }),
  auditField({
    name: 'ka.req.pod.containers.image.repository',
    isList: true,
    argument: index,
    description: 'Images without tag and digest',
    example: 'docker.io/library/nginx',
    bind: (position) => (event) =>
      pick(imagesOf(event), position).map((image) => parseImage(image).repository),
  }),
  perContainer(
    { name: 'ka.req.pod.containers.name', description: 'Names of the containers', example: 'nginx' },
    (c) => text(inside(c)?.name),
  ),
  perContainer(
    {
      name: 'ka.req.pod.containers.privileged',
      type: 'boolean',
      description: 'The privileged flag of each container that sets it',
      example: 'true',
    },
    (c) => flag(security(c)?.privileged),
  ),
  perContainer(
    {
      name: 'ka.req.pod.containers.allow_privilege_escalation',
      type: 'boolean',
      description: 'The allowPrivilegeEscalation flag of each container that sets it',
      example: 'false',
    },
    (c) => flag(security(c)?.allowPrivilegeEscalation),
  ),
  perContainer(
    {
      name: 'ka.req.pod.containers.read_only_fs',
      type: 'boolean',
      description: 'The readOnlyRootFilesystem flag of each container that sets it',
      example: 'true',
    },
    (c) => flag(security(c)?.readOnlyRootFilesystem),
  ),
  manyPerContainer(
    {
      name: 'ka.req.pod.containers.add_capabilities',
      description: 'Capabilities that containers add',
      example: 'SYS_ADMIN',
    },
    (c) => readEach(listOf(inside(security(c)?.capabilities)?.add), text),
  ),
  manyPerContainer(
    {
      name: 'ka.req.pod.containers.host_port',
      type: 'number',
      description: 'Ports of the node that containers take',
      example: '8080',
    },
    (c) => readEach(listOf(inside(c)?.ports), (port) => number(inside(port)?.hostPort)),
  ),
  perContainer(
    {
      name: 'ka.req.pod.containers.run_as_user',
      type: 'number',
      description: 'runAsUser of each container that sets it',
      example: '0',
    },
    (c) => number(security(c)?.runAsUser),
  ),
  perContainer(
    {
      name: 'ka.req.pod.containers.eff_run_as_user',
      type: 'number',
      description: 'User id that each container will start with; 0 where none is set',
      example: '0',
    },
    (c, event) => number(security(c)?.runAsUser) ?? number(security(podSpec(event))?.runAsUser) ?? 0,
  ),
  perContainer(
    {
      name: 'ka.req.pod.containers.run_as_group',
      type: 'number',
      description: 'runAsGroup of each container that sets it',
      example: '0',
    },
    (c) => number(security(c)?.runAsGroup),
  ),
  perContainer(
    {
      name: 'ka.req.pod.containers.eff_run_as_group',
      type: 'number',
      description: 'Group id that each container will start with; 0 where none is set',
      example: '0',
    },
    (c, event) => number(security(c)?.runAsGroup) ?? number(security(podSpec(event))?.runAsGroup) ?? 0,
  ),
  perContainer(
    {
      name: 'ka.req.pod.containers.proc_mount',
      description: 'procMount of each container that sets it',
      example: 'Unmasked',
    },
    (c) => text(security(c)?.procMount),
  ),
  perContainer(
    {
      name: 'ka.req.pod.containers.command',
      description: 'Command and arguments of each container, joined by spaces',
      example: 'sh -c id',
    },
    commandOf,
  ),
];

const pod: readonly Field[] = [
  ofPod(
    {
      name: 'ka.req.pod.host_network',
      type: 'boolean',
      description: 'The hostNetwork flag',
      example: 'true',
    },
    (spec) => flag(inside(spec)?.hostNetwork),
  ),
  ofPod(
    { name: 'ka.req.pod.host_pid', type: 'boolean', description: 'The hostPID flag', example: 'true' },
    (spec) => flag(inside(spec)?.hostPID),
  ),
  ofPod(
    { name: 'ka.req.pod.host_ipc', type: 'boolean', description: 'The hostIPC flag', example: 'true' },
    (spec) => flag(inside(spec)?.hostIPC),
  ),
  ofPod(
    { name: 'ka.req.pod.run_as_user', type: 'number', description: 'runAsUser of the pod', example: '0' },
    (spec) => number(security(spec)?.runAsUser),
  ),
  ofPod(
    { name: 'ka.req.pod.run_as_group', type: 'number', description: 'runAsGroup of the pod', example: '0' },
    (spec) => number(security(spec)?.runAsGroup),
  ),
  ofPod(
    { name: 'ka.req.pod.fs_group', type: 'number', description: 'fsGroup of the pod', example: '2000' },
    (spec) => number(security(spec)?.fsGroup),
  ),
  ofPod(
    {
      name: 'ka.req.pod.service_account',
      description: 'Service account that the pod asks for',
      example: 'default',
    },
    (spec) => text(inside(spec)?.serviceAccountName) ?? text(inside(spec)?.serviceAccount),
  ),
  auditField({
    name: 'ka.req.pod.supplemental_groups',
    type: 'number',
    isList: true,
    description: 'supplementalGroups of the pod',
    example: '2000',
    bind: () => (event) => readEach(listOf(security(podSpec(event))?.supplementalGroups), number),
  }),
  auditField({
    name: 'ka.req.pod.annotation',
    argument: { kind: 'key', isRequired: true },
    description: 'Value of an annotation of the pod',
    example: 'ka.req.pod.annotation[kubernetes.io/config.mirror] exists',
    bind:
      (key = '') =>
      (event) =>
        podSpec(event) === undefined ? undefined : text(writtenValue(event, 'metadata', 'annotations', key)),
  }),
];

const volumeTypes = (volume: unknown): readonly string[] =>
  typeof volume === 'object' && volume !== null ? Object.keys(volume).filter((key) => key !== 'name') : [];

const volumes: readonly Field[] = [
  perVolume(
    {
      name: 'ka.req.pod.volumes.hostpath',
      description: 'Paths of the node that volumes mount, normalised',
      example: '/etc',
    },
    hostPathOf,
  ),
  perVolume(
    {
      name: 'ka.req.pod.volumes.flexvolume_driver',
      description: 'Drivers of flex volumes',
      example: 'vendor/driver',
    },
    (volume) => text(inside(inside(volume)?.flexVolume)?.driver),
  ),
  auditField({
    name: 'ka.req.pod.volumes.volume_type',
    isList: true,
    argument: index,
    description: 'Kinds of the volumes',
    example: 'hostPath',
    bind: (position) => (event) => pick(volumesOf(event), position).flatMap(volumeTypes),
  }),
];

/** Falco's older names, for rules that were written long ago. */
const deprecated: readonly Field[] = [
  auditField({
    name: 'ka.req.container.image',
    description: 'Image of the first container (older name)',
    example: 'nginx',
    bind: () => (event) => imagesOf(event)[0],
  }),
  auditField({
    name: 'ka.req.container.image.repository',
    description: 'Repository of the first container (older name)',
    example: 'nginx',
    bind: () => (event) =>
      imagesOf(event)
        .slice(0, 1)
        .map((image) => parseImage(image).repository)[0],
  }),
  auditField({
    name: 'ka.req.container.privileged',
    type: 'boolean',
    description: 'Any container is privileged (older name)',
    example: 'true',
    bind: () => (event) => containersOf(event).some((container) => security(container)?.privileged === true),
  }),
  ofPod(
    {
      name: 'ka.req.container.host_network',
      type: 'boolean',
      description: 'As ka.req.pod.host_network (older name)',
      example: 'true',
    },
    (spec) => flag(inside(spec)?.hostNetwork),
  ),
  auditField({
    name: 'ka.req.volume.hostpath',
    type: 'boolean',
    argument: { kind: 'key', isRequired: true },
    description: 'A volume mounts this path; a star at its end stands for any rest (older name)',
    example: 'ka.req.volume.hostpath[/etc*] = true',
    bind:
      (path = '') =>
      (event) =>
        present(volumesOf(event).map(hostPathOf)).some((mounted) =>
          path.endsWith('*') ? mounted.startsWith(path.slice(0, -1)) : mounted === path,
        ),
  }),
];

export const kaPodFields: readonly Field[] = [...containers, ...pod, ...volumes, ...deprecated];
