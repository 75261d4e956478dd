// What the hub wants to be installed in a connected cluster, by generation, and what its agent made of it.
import Type, { type Static } from 'typebox';
import { literals } from '../literals.ts';

export interface ExtensionKind {
  /** Of the Helm chart, which the agent's image carries. */
  readonly chart: string;
  /**
   * Values that a hub may set, as paths; one covers all below it. They steer how it works. What runs, with which rights
   * and on which folders of a node is not among them: that is the cluster's owner's to say.
   */
  readonly hubValues: readonly string[];
}

const sensor: ExtensionKind = {
  chart: 'yagura',
  hubValues: [
    'collector.factsWait',
    'collector.logLevel',
    'collector.resources',
    'collector.scope',
    'nodeSelector',
    'publisher.logLevel',
    'publisher.resources',
    'publisher.spoolLimit',
    'tolerations',
    'updateStrategy',
  ],
};

/** Everything that can be installed, by name. */
export const extensionKinds = { sensor } as const satisfies Record<string, ExtensionKind>;
export type ExtensionName = keyof typeof extensionKinds;
export const extensionNames = Object.keys(extensionKinds) as readonly ExtensionName[];

/** Paths in `values` that are not the hub's to set; both ends ask. */
export function foreignValues(name: ExtensionName, values: Readonly<Record<string, unknown>>): string[] {
  const allowed: readonly string[] = extensionKinds[name].hubValues;
  const visit = (value: unknown, path: string): string[] => {
    if (allowed.includes(path)) return [];
    const leads = path === '' || allowed.some((one) => one.startsWith(`${path}.`));
    if (!leads || typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
    return Object.entries(value).flatMap(([key, below]) =>
      visit(below, path === '' ? key : `${path}.${key}`),
    );
  };
  return visit(values, '');
}

export const ExtensionStatus = literals([
  'pending',
  'installing',
  'installed',
  'failed',
  'rolled-back',
  'removing',
  'removed',
]);
export type ExtensionStatus = Static<typeof ExtensionStatus>;

const Name = literals(extensionNames);
export const ExtensionValues = Type.Record(Type.String({ maxLength: 128 }), Type.Unknown());
export type ExtensionValues = Static<typeof ExtensionValues>;
export const ChartVersion = Type.String({
  maxLength: 64,
  pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+[0-9A-Za-z.+-]*$',
});

export const DesiredExtension = Type.Object({
  name: Name,
  generation: Type.Integer({ minimum: 1, description: 'grows with every change' }),
  chart: Type.String(),
  version: ChartVersion,
  values: ExtensionValues,
  state: literals(['installed', 'removed']),
});
export type DesiredExtension = Static<typeof DesiredExtension>;

export const ExtensionReport = Type.Object({
  name: Name,
  generation: Type.Integer({ minimum: 1, description: 'that this is about' }),
  status: ExtensionStatus,
  message: Type.Optional(Type.String({ maxLength: 2048, description: 'why, and how to mend it' })),
  at: Type.String({ maxLength: 40 }),
  revision: Type.Optional(Type.Integer({ minimum: 1, description: 'of the Helm release that is deployed' })),
});
export type ExtensionReport = Static<typeof ExtensionReport>;

export const Extension = Type.Object({
  cluster: Type.String(),
  name: Name,
  desired: Type.Omit(DesiredExtension, ['name']),
  changedAt: Type.String(),
  changedBy: Type.String(),
  status: Type.Unsafe<ExtensionStatus>({
    ...ExtensionStatus,
    description: 'of the desired generation; `pending` until the agent has taken it up',
  }),
  reported: Type.Optional(Type.Omit(ExtensionReport, ['name'])),
});
export type Extension = Static<typeof Extension>;

/** What the agent says, and gets back, when it asks. */
export const ExtensionExchange = Type.Object({ reports: Type.Array(ExtensionReport, { maxItems: 16 }) });
export type ExtensionExchange = Static<typeof ExtensionExchange>;
export const DesiredExtensions = Type.Object({
  desired: Type.Array(DesiredExtension, { maxItems: 16 }),
  /** As the hub has them, for an agent that has just begun. */
  reported: Type.Array(ExtensionReport, { maxItems: 16 }),
});
export type DesiredExtensions = Static<typeof DesiredExtensions>;

/** Header of a request in the tunnel that is for the agent itself: its value is what to ask the hub for. */
export const tunnelRingHeader = 'yagura-ring';
