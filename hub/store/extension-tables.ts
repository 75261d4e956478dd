// The table of extensions: what is wanted in each cluster, and what its agent said of it last.
import type { DesiredExtension, ExtensionName, ExtensionReport, ExtensionValues } from '@yagura/contracts';
import type { ColumnType } from 'kysely';

export interface ExtensionTable {
  cluster: string;
  name: ExtensionName;
  generation: number;
  chart: string;
  version: string;
  values: ColumnType<ExtensionValues, string, string>;
  state: DesiredExtension['state'];
  changed_at: string;
  changed_by: string;
  reported: ColumnType<ExtensionReport | null, string | null | undefined, string | null>;
}

export interface ExtensionTables {
  extensions: ExtensionTable;
}
