// What the hub's own PostgreSQL is told at start: durable, local, and modest with memory.

/** A hub on a laptop has tens of connections and a database of a few gigabytes at the most. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '40',
  shared_buffers: '64MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  // Nobody replicates from here; a backup is a dump.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers: '0',
  io_method: 'sync',
  autovacuum_max_workers: '1',
  jit: 'off',
  log_line_prefix: '',
  log_checkpoints: 'off',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
};

export const settingFlags = (socketFolder: string): readonly string[] =>
  Object.entries({ ...settings, unix_socket_directories: socketFolder }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
