// Rule files of the hub: a version is added, never changed.
import { type RuleFileVersion, ruleFileLimits, type StoredRuleFile } from '@yagura/contracts';
import { sql } from 'kysely';
import { HubError } from '../errors.ts';
import type { Database } from './database.ts';
import { storableText } from './storable.ts';

export interface NewRuleFileVersion {
  readonly name: string;
  /** Undefined: the file is removed. */
  readonly file?: { readonly text: string; readonly tests?: string; readonly overrides?: readonly string[] };
  readonly author: string;
  readonly comment: string;
  /** The version that it replaces, 0 for none; another one now is a conflict. */
  readonly ifVersion?: number | undefined;
}

interface Row {
  readonly name: string;
  readonly version: number;
  readonly text: string | null;
  readonly tests: string | null;
  readonly overrides: string[];
  readonly author: string;
  readonly comment: string;
  readonly saved_at: string;
}

const toVersion = (row: Row): RuleFileVersion => ({
  name: row.name,
  version: row.version,
  author: row.author,
  savedAt: row.saved_at,
  comment: row.comment,
  sizeBytes: Buffer.byteLength(row.text ?? ''),
  removed: row.text === null,
});

const toFile = (row: Row): StoredRuleFile => ({
  ...toVersion(row),
  text: row.text ?? '',
  overrides: row.overrides,
  ...(row.tests === null ? {} : { tests: row.tests }),
});

/** As they are now, without those that were removed, in the order of their names, in which rules are read. */
export async function listRuleFiles(db: Database): Promise<readonly StoredRuleFile[]> {
  const { rows } = await sql<Row>`
    SELECT * FROM (SELECT DISTINCT ON (name) * FROM rule_files ORDER BY name, version DESC) latest
    WHERE text IS NOT NULL ORDER BY name COLLATE "C"`.execute(db);
  return rows.map(toFile);
}

/** The latest without a version, also where that says that it is removed. */
export async function getRuleFile(
  db: Database,
  name: string,
  version?: number,
): Promise<StoredRuleFile | undefined> {
  const row = await db
    .selectFrom('rule_files')
    .selectAll()
    .where('name', '=', name)
    .$if(version !== undefined, (query) => query.where('version', '=', version ?? 0))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toFile(row);
}

export async function listRuleFileVersions(db: Database, name: string): Promise<readonly RuleFileVersion[]> {
  const rows = await db
    .selectFrom('rule_files')
    .selectAll()
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(toVersion);
}

/** Throws CONFLICT where another version is the latest than the writer has seen. */
export async function addRuleFileVersion(db: Database, wish: NewRuleFileVersion): Promise<StoredRuleFile> {
  const latest = await getRuleFile(db, wish.name);
  const seen = latest === undefined || latest.removed ? 0 : latest.version;
  if (wish.ifVersion !== undefined && wish.ifVersion !== seen)
    throw new HubError('CONFLICT', `the rule file ${wish.name} is at version ${seen}, not ${wish.ifVersion}`);
  const version = (latest?.version ?? 0) + 1;
  const { text, tests, overrides = [] } = wish.file ?? {};
  const { rows } = await sql<Row>`
    INSERT INTO rule_files (name, version, text, tests, overrides, author, comment)
    VALUES (${wish.name}, ${version}::integer, ${orNull(text)}, ${orNull(tests)}, ${JSON.stringify(overrides)}::json,
      ${storableText(wish.author)}, ${storableText(wish.comment)})
    ON CONFLICT DO NOTHING RETURNING *`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new HubError('CONFLICT', `somebody else has just saved ${wish.name}`);
  await sql`DELETE FROM rule_files WHERE name = ${wish.name}
    AND version <= ${version - ruleFileLimits.versions}::integer`.execute(db);
  return toFile(row);
}

const orNull = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' ? null : storableText(text);
