// Tables of who may use the API: tokens, sign-in links, sessions, and the trail of what they changed.
import type { Role } from '@yagura/contracts';
import type { ColumnType, Generated } from 'kysely';

export interface ApiTokenTable {
  id: string;
  name: string;
  role: Role;
  /** SHA-256 of the secret part, hexadecimal: the secret has 192 random bits, so that a slow hash would add nothing. */
  secret_hash: string;
  created_at: Generated<string>;
  created_by: string;
  expires_at: string | null;
  last_used_at: string | null;
}

export interface SignInLinkTable {
  code_hash: string;
  user: string;
  role: Role;
  created_at: Generated<string>;
  expires_at: string;
}

export interface SessionTable {
  id_hash: string;
  user: string;
  role: Role;
  /** The token that it was opened with; taking the token back ends it. */
  token_id: string | null;
  created_at: Generated<string>;
  expires_at: string;
}

export interface TrailTable {
  id: Generated<number>;
  time: Generated<string>;
  actor: string;
  action: string;
  target: string | null;
  detail: ColumnType<unknown, string | null, string | null>;
}

/** Facts about this installation that are made once: workspace name and the like. */
export interface SettingTable {
  key: string;
  value: string;
}

export interface AccessTables {
  api_tokens: ApiTokenTable;
  sign_in_links: SignInLinkTable;
  sessions: SessionTable;
  trail: TrailTable;
  settings: SettingTable;
}
