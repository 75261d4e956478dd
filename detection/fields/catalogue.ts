// All fields that conditions and outputs may name: one line a family.
import { containerFields } from './container.ts';
import { emptyContainerFields } from './container-empty.ts';
import { evtFields } from './evt.ts';
import { evtSyscallFields } from './evt-syscall.ts';
import { fdFields } from './fd.ts';
import { fdFileFields } from './fd-file.ts';
import { fdlistFields } from './fdlist.ts';
import type { Field } from './field.ts';
import { fsPathFields } from './fs-path.ts';
import { jevtFields } from './jevt.ts';
import { k8sFields } from './k8s.ts';
import { emptyK8sFields } from './k8s-empty.ts';
import { kaConfinementFields } from './ka-confinement.ts';
import { kaControlPlaneFields } from './ka-control-plane.ts';
import { kaEnvironmentFields } from './ka-environment.ts';
import { kaImageFields } from './ka-image.ts';
import { kaObjectFields } from './ka-object.ts';
import { kaPodFields } from './ka-pod.ts';
import { kaRequestFields } from './ka-request.ts';
import { kaRoleFields } from './ka-role.ts';
import { kaServiceFields } from './ka-service.ts';
import { kaSourceFields } from './ka-source.ts';
import { kaTemplateFields } from './ka-template.ts';
import { kaWebhookFields } from './ka-webhook.ts';
import { procFields } from './proc.ts';
import { emptyProcFields } from './proc-empty.ts';
import { moreProcFields } from './proc-more.ts';
import { syslogFields } from './syslog.ts';
import { userFields } from './user.ts';

export const fieldCatalogue: readonly Field[] = [
  ...evtFields,
  ...evtSyscallFields,
  ...procFields,
  ...moreProcFields,
  ...emptyProcFields,
  ...userFields,
  ...containerFields,
  ...emptyContainerFields,
  ...k8sFields,
  ...emptyK8sFields,
  ...fdFields,
  ...fdFileFields,
  ...fdlistFields,
  ...fsPathFields,
  ...syslogFields,
  ...kaRequestFields,
  ...kaPodFields,
  ...kaObjectFields,
  ...kaControlPlaneFields,
  ...kaRoleFields,
  ...kaSourceFields,
  ...kaWebhookFields,
  ...kaImageFields,
  ...kaConfinementFields,
  ...kaEnvironmentFields,
  ...kaTemplateFields,
  ...kaServiceFields,
  ...jevtFields,
];

const byName: ReadonlyMap<string, Field> = new Map(fieldCatalogue.map((field) => [field.name, field]));

export const findField = (name: string): Field | undefined => byName.get(name);
