// All fields that conditions and outputs may name: one line a family.
import { containerFields } from './container.ts';
import { evtFields } from './evt.ts';
import { fdFields } from './fd.ts';
import type { Field } from './field.ts';
import { jevtFields } from './jevt.ts';
import { k8sFields } from './k8s.ts';
import { kaControlPlaneFields } from './ka-control-plane.ts';
import { kaObjectFields } from './ka-object.ts';
import { kaPodFields } from './ka-pod.ts';
import { kaRequestFields } from './ka-request.ts';
import { kaRoleFields } from './ka-role.ts';
import { kaSourceFields } from './ka-source.ts';
import { kaWebhookFields } from './ka-webhook.ts';
import { procFields } from './proc.ts';
import { userFields } from './user.ts';

export const fieldCatalogue: readonly Field[] = [
  ...evtFields,
  ...procFields,
  ...userFields,
  ...containerFields,
  ...k8sFields,
  ...fdFields,
  ...kaRequestFields,
  ...kaPodFields,
  ...kaObjectFields,
  ...kaControlPlaneFields,
  ...kaRoleFields,
  ...kaSourceFields,
  ...kaWebhookFields,
  ...jevtFields,
];

const byName: ReadonlyMap<string, Field> = new Map(fieldCatalogue.map((field) => [field.name, field]));

export const findField = (name: string): Field | undefined => byName.get(name);
