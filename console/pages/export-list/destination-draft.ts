// What the form about a destination holds, and the request that it makes.
import type {
  DestinationType,
  ExportFilter,
  ExportFormat,
  NewDestination,
  Severity,
  syslogProtocols,
} from '@yagura/contracts';

export interface Draft {
  readonly name: string;
  readonly type: DestinationType;
  /** Empty: the first of the kind. */
  readonly format: ExportFormat | '';
  readonly minSeverity: Severity | '';
  readonly url: string;
  readonly signingKey: string;
  readonly authorization: string;
  readonly host: string;
  readonly port: string;
  readonly protocol: (typeof syslogProtocols)[number];
  readonly ca: string;
  /** Globs, parted by commas or blanks. */
  readonly clusters: string;
  readonly namespaces: string;
  readonly rules: string;
}

export const emptyDraft: Draft = {
  ...{ name: '', type: 'webhook', format: '', minSeverity: '', url: '', signingKey: '' },
  ...{ authorization: '', host: '', port: '', protocol: 'tls', ca: '' },
  ...{ clusters: '', namespaces: '', rules: '' },
};

/** The first is the default. */
export const formatsOf: Readonly<Record<DestinationType, readonly ExportFormat[]>> = {
  webhook: ['json', 'ocsf'],
  slack: ['slack'],
  syslog: ['cef', 'ocsf', 'json'],
  file: ['ocsf', 'json', 'cef'],
};

const patterns = (text: string): string[] => text.split(/[\s,]+/).filter((each) => each !== '');

function filterOf({ minSeverity, ...draft }: Draft): ExportFilter | undefined {
  const [clusters, namespaces, rules] = [draft.clusters, draft.namespaces, draft.rules].map(patterns);
  const filter = {
    ...(minSeverity === '' ? {} : { minSeverity }),
    ...(clusters?.length ? { clusters } : {}),
    ...(namespaces?.length ? { namespaces } : {}),
    ...(rules?.length ? { rules } : {}),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

/** Only what was filled in: the hub says what is missing. */
export function newDestination(draft: Draft): NewDestination {
  const filter = filterOf(draft);
  const { name, type, format, url, signingKey, authorization, host, port, protocol, ca } = draft;
  return {
    ...{ name, type },
    ...(format === '' ? {} : { format }),
    ...(url === '' ? {} : { url: url.trim() }),
    ...(signingKey === '' ? {} : { signingKey }),
    ...(authorization === '' ? {} : { authorization }),
    ...(host === '' ? {} : { host: host.trim() }),
    ...(port === '' ? {} : { port: Number(port) }),
    ...(type === 'syslog' ? { protocol } : {}),
    ...(ca === '' ? {} : { ca }),
    ...(filter === undefined ? {} : { filter }),
  };
}
