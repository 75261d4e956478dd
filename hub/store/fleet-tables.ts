// Tables of who may send events: agents and their certificates, registration tokens, clusters, and what was lost on the way.
import type {
  AgentRole,
  ClusterReport,
  ComponentReport,
  ConnectionProblem,
  Heartbeat,
} from '@yagura/contracts';
import type { ColumnType, Generated } from 'kysely';

export interface AgentTable {
  id: string;
  role: AgentRole;
  name: string;
  /** '' for none, so that the name is unique within it. */
  cluster: string;
  registered_at: string;
  last_contact_at: string | null;
  certificate_expires_at: string;
  revoked_at: string | null;
  kernel: string | null;
  os: string | null;
  components: ColumnType<ComponentReport[], string | undefined, string>;
  spool: ColumnType<Heartbeat['spool'] | null, string | null | undefined, string | null>;
  events_total: Generated<number>;
  cluster_report: ColumnType<ClusterReport | null, string | null | undefined, string | null>;
}

export interface AgentCertificateTable {
  /** Upper-case hexadecimal, as node:crypto shows it. */
  serial: string;
  agent_id: string;
  issued_at: string;
  not_after: string;
  revoked_at: string | null;
}

export interface RegistrationTokenTable {
  id: string;
  role: AgentRole;
  /** SHA-256 of the secret part, hexadecimal: it has 256 random bits, so that a slow hash would add nothing. */
  secret_hash: string;
  uses_left: number;
  created_at: string;
  created_by: string;
  expires_at: string;
  /** For this name alone. */
  name: string | null;
  /** For nodes of this cluster alone. */
  cluster: string | null;
}

export interface ClusterTable {
  name: string;
  provider: string;
  created_at: string;
  audit_credential_hash: string | null;
  audit_last_event_at: string | null;
  audit_events_total: Generated<number>;
  connect_asked_at: string | null;
  connect_problem: ColumnType<ConnectionProblem | null, string | null | undefined, string | null>;
}

/** One counter, over all restarts of who counts: `earlier` is the sum of the runs before, `count` that of the run `since`. */
export interface LossTable {
  owner: string;
  stage: string;
  kind: string;
  reason: string;
  since: string;
  count: number;
  earlier: Generated<number>;
  first_since: string;
}

export interface FleetTables {
  agents: AgentTable;
  agent_certificates: AgentCertificateTable;
  registration_tokens: RegistrationTokenTable;
  clusters: ClusterTable;
  losses: LossTable;
}
