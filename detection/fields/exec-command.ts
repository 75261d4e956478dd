// The command that a request runs in a container: exec brings each of its words as a parameter of the address.
import type { ApiRequested } from '@yagura/contracts';
import { at } from './outside-value.ts';
import { uriParameters } from './uri-parameter.ts';

export const commandParameter = 'command';

/** The kubelet takes the same parameters, and is reached through the proxy of nodes. */
export function isExec(event: ApiRequested): boolean {
  const subresource = at(event.request, 'objectRef', 'subresource');
  return (
    subresource === 'exec' ||
    (subresource === 'proxy' && at(event.request, 'objectRef', 'resource') === 'nodes')
  );
}

export const execWords = (event: ApiRequested): readonly string[] =>
  isExec(event) ? uriParameters(event, commandParameter) : [];
