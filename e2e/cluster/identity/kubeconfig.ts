// A kubeconfig with everything inside, so that it can be handed on as one file.
import type { Pem } from './certificates.ts';

export interface KubeconfigContent {
  readonly cluster: string;
  readonly server: string;
  readonly authority: string;
  readonly user: string;
  readonly credential: Pem | { readonly token: string };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** JSON, which every reader of YAML takes. */
export function kubeconfig({ cluster, server, authority, user, credential }: KubeconfigContent): string {
  const auth =
    'token' in credential
      ? { token: credential.token }
      : {
          'client-certificate-data': base64(credential.certificate),
          'client-key-data': base64(credential.key),
        };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: cluster, cluster: { server, 'certificate-authority-data': base64(authority) } }],
    users: [{ name: user, user: auth }],
    contexts: [{ name: cluster, context: { cluster, user } }],
    'current-context': cluster,
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
