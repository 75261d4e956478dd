// Nodes: what they run on. Their heartbeats change nothing of this.
import type { ObjectFacts } from '@yagura/contracts';
import { at, defined, labels, list, some, text } from './outside-value.ts';
import type { Resource } from './resource.ts';

export const nodes: Resource = {
  name: 'nodes',
  group: '',
  version: 'v1',
  facts: (object) => {
    const info = at(object, 'status', 'nodeInfo');
    return defined<ObjectFacts>({
      labels: labels(at(object, 'metadata', 'labels')),
      version: text(at(info, 'kubeletVersion'), 64),
      os: text(at(info, 'osImage'), 128),
      kernel: text(at(info, 'kernelVersion'), 128),
      runtime: text(at(info, 'containerRuntimeVersion'), 64),
      addresses: some(
        list(at(object, 'status', 'addresses'))
          .slice(0, 16)
          .flatMap((one) => text(at(one, 'address')) ?? []),
      ),
    });
  },
};
