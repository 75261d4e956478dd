// A unit that its room's one list does not name would never run.
import { matchesGlob, posix } from 'node:path';
import type { House } from '../../house/house.ts';
import { isTest } from '../../house/house.ts';
import type { Check } from '../check.ts';

interface UnitList {
  /** The files through which units are used. */
  readonly units: string;
  readonly list: string;
}

const unitLists: readonly UnitList[] = [
  { units: 'contracts/api/*.ts', list: 'contracts/api/endpoints.ts' },
  { units: 'sensor/probes/*/decode.ts', list: 'sensor/probes/probes.ts' },
  { units: 'cluster/inventory/resources/*.ts', list: 'cluster/inventory/resources/list.ts' },
  { units: 'formats/*/format.ts', list: 'formats/formats.ts' },
  { units: 'hub/export/transports/*/transport.ts', list: 'hub/export/transports/list.ts' },
  { units: 'hub/api/routes/*.ts', list: 'hub/api/routes/list.ts' },
  { units: 'hub/store/migrations/*.ts', list: 'hub/store/migrations/list.ts' },
  { units: 'cli/commands/*.ts', list: 'cli/commands/index.ts' },
  { units: 'cli/extensions/commands/*.ts', list: 'cli/extensions/commands/index.ts' },
  { units: 'cli/rules/commands/*.ts', list: 'cli/rules/commands/index.ts' },
  { units: 'cli/workspace/commands/*.ts', list: 'cli/workspace/commands/index.ts' },
  { units: 'cli/doctor/checks/*.ts', list: 'cli/doctor/checks/index.ts' },
  { units: 'cli/simulate/scenarios/*.ts', list: 'cli/simulate/scenarios/index.ts' },
  { units: 'deploy/images/programs/*.ts', list: 'deploy/images/list.ts' },
  { units: 'console/pages/*/page.tsx', list: 'console/app/router.tsx' },
];

/** What lies among the units but is their frame. */
const frame = new Set([
  'contracts/api/endpoint.ts',
  'contracts/api/permission.ts',
  ...['outside-value', 'pod-facts', 'resource'].map((name) => `cluster/inventory/resources/${name}.ts`),
]);

const problemsOf = (house: House, { units, list }: UnitList): readonly string[] => {
  const named = new Set(
    house.imports(list).map(({ specifier }) => posix.join(posix.dirname(list), specifier)),
  );
  const all = house.files.filter(
    (file) => matchesGlob(file, units) && file !== list && !isTest(file) && !frame.has(file),
  );
  if (all.length === 0) return [`${units} fits no unit`];
  return all.filter((file) => !named.has(file)).map((file) => `${list} does not name ${file}`);
};

export const listedUnits: Check = {
  rule: 'every unit is named in the one list of its room',
  problems: (house) => unitLists.flatMap((list) => problemsOf(house, list)),
};
