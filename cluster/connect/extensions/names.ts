// What extensions are called in the cluster.
import type { ExtensionName } from '@yagura/contracts';

export const releaseOf = (name: ExtensionName): string => `yagura-${name}`;

/** Secret with the token with which nodes register. */
export const tokenSecret = 'yagura-node-token';
