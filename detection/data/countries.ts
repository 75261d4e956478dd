// Reads which country an address belongs to, from a table that a user may replace.
import { problemAt, type RuleProblem } from '../language/problem.ts';
import { type AddressSpan, parseAddress, parseNetwork, spanBetween, spanOfNetwork } from './address.ts';
import { type AddressEntry, type AddressTable, createAddressTable } from './address-table.ts';
import { type DataFile, type DataFiles, dataLines } from './data-files.ts';

/** The file that holds the table: `network,country` or `first,last,country` a line, as address registries publish it. */
export const countriesFile = 'address-countries.csv';

export type Countries = AddressTable<string>;

const unquoted = (cell: string): string => cell.trim().replace(/^"(.*)"$/, '$1');

function readSpan(cells: readonly string[]): AddressSpan | undefined {
  const [begin = '', end] = cells;
  if (end === undefined) {
    const network = parseNetwork(begin);
    return network && spanOfNetwork(network);
  }
  const [first, last] = [parseAddress(begin), parseAddress(end)];
  return first && last && spanBetween(first, last);
}

function readRow(line: string): AddressEntry<string> | undefined {
  const cells = line.split(',', 3).map(unquoted);
  const country = cells.pop() ?? '';
  const span = /^[A-Z]{2}$/.test(country) ? readSpan(cells) : undefined;
  return span && [span, country];
}

export interface LoadedCountries {
  readonly countries: Countries;
  readonly problems: readonly RuleProblem[];
}

function readTable(file: DataFile): LoadedCountries {
  const unread: RuleProblem[] = [];
  let skipped = 0;
  const entries: AddressEntry<string>[] = [];
  for (const line of dataLines(file)) {
    const row = readRow(line.text);
    if (row !== undefined) {
      entries.push(row);
      continue;
    }
    skipped += 1;
    if (skipped === 1)
      unread.push(
        problemAt(
          line.span,
          `no network and country: "${line.text.slice(0, 80)}"`,
          'a line such as 192.0.2.0/24,JP',
        ),
      );
  }
  const problems = unread.map((problem) => ({
    ...problem,
    message: `${skipped} lines are left out, the first has ${problem.message}`,
  }));
  return { countries: createAddressTable(entries), problems };
}

/** Without the file no address has a country. */
export function loadCountries(data: DataFiles): LoadedCountries {
  const file = data.get(countriesFile);
  return file === undefined ? { countries: createAddressTable([]), problems: [] } : readTable(file);
}
