// Whether every part is as it should be, as the hub's API shows it; what is not comes as a sentence.
import type { HubClient } from '../installation/hub-client.ts';

/** Empty when node, cluster, inventory and audit are all well. */
export async function whatIsWrong(hub: HubClient): Promise<readonly string[]> {
  const [[node], prod, inventory] = await Promise.all([
    hub.nodes(),
    hub.cluster('prod'),
    hub.inventory('prod'),
  ]);
  const names = node?.components.filter(({ healthy }) => healthy).map(({ name }) => name) ?? [];
  const partial = inventory.filter(({ complete }) => !complete);
  const wrong: readonly (readonly [boolean, string])[] = [
    [node?.state !== 'connected', `the node is ${node?.state}`],
    [
      !['publisher', 'collector', 'inventory'].every((name) => names.includes(name)),
      `of the node only ${names.join(', ')} are well: ${JSON.stringify(node?.components)}`,
    ],
    [node?.spool?.events !== 0, `${node?.spool?.events} events are in the spool`],
    [prod?.connection?.state !== 'connected', `the cluster is ${prod?.connection?.state}`],
    [prod?.connection?.tunnelOpen !== true, 'the tunnel is not open'],
    [inventory.length < 15, `the inventory has ${inventory.length} resources`],
    [partial.length > 0, `partly known: ${JSON.stringify(partial)}`],
  ];
  return wrong.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
}
