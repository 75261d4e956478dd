// Whether every part is as it should be, as the hub's API shows it; what is not comes as a sentence.
import type { ComponentReport } from '@yagura/contracts';
import type { Ground } from './ground.ts';

/** Empty when node, cluster, inventory and audit are all well, and what is known of each part is of the run of now. */
export async function whatIsWrong({ installation: { hub }, parts }: WellGround): Promise<readonly string[]> {
  const [[node], prod, inventory] = await Promise.all([
    hub.nodes(),
    hub.cluster('prod'),
    hub.inventory('prod'),
  ]);
  const components = [...(node?.components ?? []), ...(prod?.connection?.components ?? [])];
  const partial = inventory.filter(({ complete }) => !complete);
  const wrong: readonly (readonly [boolean, string])[] = [
    ...Object.values(parts).map((part) => judge(part, components)),
    [node?.state !== 'connected', `the node is ${node?.state}`],
    [prod?.connection?.state !== 'connected', `the cluster is ${prod?.connection?.state}`],
    [prod?.connection?.tunnelOpen !== true, 'the tunnel is not open'],
    [inventory.length < 15, `the inventory has ${inventory.length} resources`],
    [partial.length > 0, `partly known: ${JSON.stringify(partial)}`],
  ];
  return wrong.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
}

type WellGround = Pick<Ground, 'installation' | 'parts'>;

/** The hub goes on showing the last word of a run that is over: it would pass for well, and without its losses. */
function judge(
  { name, runsSince, trouble }: Ground['parts']['collector'],
  components: readonly ComponentReport[],
): readonly [boolean, string] {
  const known = components.find((one) => one.name === name);
  const isOfNow = Date.parse(known?.startedAt ?? '') >= runsSince;
  const state = known === undefined ? 'unknown' : isOfNow ? known.message : 'known by an older run';
  return [!isOfNow || known?.healthy !== true, [`the ${name} is ${state}`, trouble].join('. ')];
}
