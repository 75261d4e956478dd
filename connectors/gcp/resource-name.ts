// Reads the resource name of a GKE audit entry: which API object a request was about.
import type { AuditObjectRef } from '@yagura/contracts';

export interface GkeResource {
  readonly objectRef: AuditObjectRef;
  readonly requestURI: string;
}

/**
 * `resourceName` tells group, version and object; `methodName` writes some groups backwards and is used only where a
 * name alone is ambiguous (`core/v1/namespaces/x/finalize`).
 * Shape: `<group>/<version>[/namespaces/<namespace>]/<resource>[/<name>[/<subresource>]]`, group `core` for the legacy one.
 */
export function parseResourceName(resourceName: string, methodName: string): GkeResource | undefined {
  const [group, apiVersion, ...path] = resourceName.split('/');
  if (!group || !apiVersion || path.length === 0) return undefined;
  const apiGroup = group === 'core' ? '' : group;
  const root = apiGroup === '' ? `/api/${apiVersion}` : `/apis/${apiGroup}/${apiVersion}`;
  return {
    objectRef: { ...(apiGroup === '' ? {} : { apiGroup }), apiVersion, ...objectOf(path, methodName) },
    requestURI: `${root}/${path.join('/')}`,
  };
}

function objectOf(path: readonly string[], methodName: string): AuditObjectRef {
  const [first, second, third, ...rest] = path;
  const isNamespaced = first === 'namespaces' && third !== undefined && !isAboutNamespace(methodName);
  if (isNamespaced) {
    const [name, ...sub] = rest;
    return {
      ...given('namespace', second),
      ...given('resource', third),
      ...given('name', name),
      ...subresource(sub),
    };
  }
  const ref = { ...given('resource', first), ...given('name', second) };
  const sub = subresource(third === undefined ? [] : [third, ...rest]);
  // The API server fills in a namespace's own name as its namespace.
  return first === 'namespaces' ? { ...ref, ...given('namespace', second), ...sub } : { ...ref, ...sub };
}

const given = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined || value === '' ? {} : ({ [key]: value } as Record<K, string>);

const subresource = (parts: readonly string[]): { subresource?: string } =>
  parts.length === 0 ? {} : { subresource: parts.join('/') };

/** Part 4 of `io.k8s.core.v1.namespaces.finalize.update` is the resource. */
const isAboutNamespace = (methodName: string): boolean => methodName.split('.')[4] === 'namespaces';
