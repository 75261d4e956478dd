// What `yagura connect kubernetes` is asked for.
import type { HubOptions } from '../hub-client/hub-options.ts';

export interface ConnectOptions extends HubOptions {
  readonly apply?: boolean;
  readonly values?: boolean;
  readonly namespace: string;
  readonly image?: string;
  readonly hub?: string;
  readonly proxy?: string;
  readonly grant?: readonly string[];
  readonly extensions?: boolean;
  readonly extensionValues?: string;
  readonly hours?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
}
