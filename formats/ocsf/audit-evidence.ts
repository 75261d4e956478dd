// The evidence of a request to an API server.
import { isIP } from 'node:net';
import type { ExportedAlert } from '../alert-format.ts';
import { at, integer, known, text, texts } from '../outside-value.ts';

export interface AuditEvidence {
  readonly actor?: object | undefined;
  readonly api?: object | undefined;
  readonly src_endpoint?: object | undefined;
  readonly http_request?: object | undefined;
  readonly resources?: readonly object[] | undefined;
}

export function auditEvidence(alert: ExportedAlert): AuditEvidence {
  const request = at(alert.event, 'request');
  const address = texts(at(request, 'sourceIPs'))[0];
  const agent = text(at(request, 'userAgent'));
  return {
    actor: actorOf(request),
    api: apiOf(request),
    src_endpoint: address !== undefined && isIP(address) !== 0 ? { ip: address } : undefined,
    http_request: agent === undefined ? undefined : { user_agent: agent },
    resources: resourcesOf(alert, request),
  };
}

function actorOf(request: unknown): object | undefined {
  const user = known({
    name: text(at(request, 'user', 'username')),
    uid: text(at(request, 'user', 'uid')),
  });
  const groups = texts(at(request, 'user', 'groups')).filter((name) => name !== '');
  if (user === undefined) return undefined;
  return { user: { ...user, ...(groups.length === 0 ? {} : { groups: groups.map((name) => ({ name })) }) } };
}

function apiOf(request: unknown): object | undefined {
  const verb = text(at(request, 'verb'));
  if (verb === undefined) return undefined;
  const uid = text(at(request, 'auditID'));
  const group = text(at(request, 'objectRef', 'apiGroup'));
  const response = known({
    code: integer(at(request, 'responseStatus', 'code')),
    message: text(at(request, 'responseStatus', 'message')),
  });
  return {
    operation: verb,
    service: { name: 'kubernetes' },
    ...known({
      version: text(at(request, 'objectRef', 'apiVersion')),
      group: group === undefined ? undefined : { name: group },
      request: uid === undefined ? undefined : { uid },
      response,
    }),
  };
}

function resourcesOf({ entities }: ExportedAlert, request: unknown): readonly object[] | undefined {
  const type = text(at(request, 'objectRef', 'resource'));
  const name = text(at(request, 'objectRef', 'name')) ?? entities.resource;
  if (name === undefined) return undefined;
  const uid = text(at(request, 'objectRef', 'uid'));
  const { namespace, cluster } = entities;
  return [
    {
      name,
      ...known({ type, uid, namespace, group: cluster === undefined ? undefined : { name: cluster } }),
    },
  ];
}
