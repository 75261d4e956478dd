// Services: what is reachable, from where, and which pods stand behind it.
import type { ObjectFacts } from '@yagura/contracts';
import { at, defined, labels, list, some, text, texts } from './outside-value.ts';
import type { Resource } from './resource.ts';

export const services: Resource = {
  name: 'services',
  group: '',
  version: 'v1',
  facts: (object) => {
    const spec = at(object, 'spec');
    const given = list(at(object, 'status', 'loadBalancer', 'ingress')).map(
      (one) => at(one, 'ip') ?? at(one, 'hostname'),
    );
    return defined<ObjectFacts>({
      labels: labels(at(object, 'metadata', 'labels')),
      type: text(at(spec, 'type')),
      selector: labels(at(spec, 'selector')),
      ports: some(
        list(at(spec, 'ports'))
          .slice(0, 32)
          .map((port) => `${at(port, 'port')}/${at(port, 'protocol') ?? 'TCP'}`.slice(0, 64)),
      ),
      addresses: some([...texts(at(spec, 'externalIPs'), 8), ...texts(given, 8)]),
    });
  },
};
