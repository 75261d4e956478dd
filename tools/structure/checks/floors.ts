// Imports go down: to a lower floor, through its index or `./testing`, never into a room by path.
import { posix } from 'node:path';
import { type House, isCode, roomOf, type Workspace } from '../../house/house.ts';
import type { Import } from '../../house/read-imports.ts';
import type { Check } from '../check.ts';

interface Crossing {
  readonly from: string;
  readonly to: string;
  /** What of the other room is imported: its index (empty) or `testing`. */
  readonly shown: string;
}

/** The audit log's one shape, which the clouds' connectors unwrap their records to. */
const sharedConnector = 'connectors/kubernetes';

/** What of the kit fits into a program with little memory. */
const leanKit = '@yagura/kit/lean';

/** Besides "lower floors only": what ARCHITECTURE.md's text adds to its table. */
const mayImport = (house: House, { from, to, shown }: Crossing): boolean => {
  const [own, other] = [house.floors.get(from), house.floors.get(to)];
  if (own === undefined || other === undefined) return false;
  if (from === 'console') return to === 'contracts';
  if (own === 4) return other <= 2 || shown === 'testing';
  return other < own || (from === 'kit' && to === 'contracts');
};

const nameParts = (specifier: string): { name: string; rest: string } => {
  const [scope = '', name = '', ...rest] = specifier.split('/');
  return { name: `${scope}/${name}`, rest: rest.join('/') };
};

const problemOfRoomImport = (house: House, file: string, specifier: string): string | undefined => {
  const { name, rest } = nameParts(specifier);
  const target: Workspace | undefined = house.workspaces.find((workspace) => workspace.name === name);
  if (target === undefined) return `${specifier} is no workspace of this house`;
  const [from, to] = [roomOf(file), roomOf(target.folder)];
  if (rest !== '' && rest !== 'testing' && specifier !== leanKit)
    return `imports ${specifier}: a room shows its index and ./testing only`;
  if (file.startsWith(`${target.folder}/`)) return undefined;
  if (from === to)
    return target.folder === sharedConnector ? undefined : `imports its neighbour ${name} in the same room`;
  if (mayImport(house, { from, to, shown: rest })) return undefined;
  return `imports ${to} (floor ${house.floors.get(to)}) from ${from} (floor ${house.floors.get(from)})`;
};

const workspaceFolderOf = (house: House, file: string): string =>
  house.workspaces.map(({ folder }) => folder).find((folder) => file.startsWith(`${folder}/`)) ??
  roomOf(file);

const problemOf = (house: House, file: string, { specifier }: Import): string | undefined => {
  if (specifier.startsWith('@yagura/')) return problemOfRoomImport(house, file, specifier);
  if (!specifier.startsWith('.')) return undefined;
  const target = posix.join(posix.dirname(file), specifier);
  const [own, other] = [workspaceFolderOf(house, file), workspaceFolderOf(house, target)];
  return own === other ? undefined : `reaches into ${other} by path (${specifier})`;
};

export const floors: Check = {
  rule: 'imports go to lower floors only, through the index or ./testing',
  problems: (house) =>
    house.files.filter(isCode).flatMap((file) =>
      house.imports(file).flatMap((one) => {
        const problem = problemOf(house, file, one);
        return problem === undefined ? [] : [`${file}:${one.line}: ${problem}`];
      }),
    ),
};

export const roomsHaveFloors: Check = {
  rule: 'every room stands in the table of ARCHITECTURE.md, and every row is a room',
  problems: (house) => {
    const rooms = new Set(house.workspaces.map(({ folder }) => roomOf(folder)));
    const without = [...rooms].filter((room) => !house.floors.has(room));
    const empty = [...house.floors.keys()].filter((room) => !rooms.has(room));
    return [
      ...without.map((room) => `${room} has no floor in ARCHITECTURE.md`),
      ...empty.map((room) => `ARCHITECTURE.md names ${room}, which is no workspace`),
    ];
  },
};
