/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* What every record begins with; record.ts is its decoder. */
#pragma once

#include <linux/types.h>

#define COMM_SIZE 16

/* A per-CPU map's value may be 32 KiB at the most. */
#define RECORD_SIZE_MAX 21504

enum record_kind {
	RECORD_PROCESS_EXEC = 1,
	RECORD_PROCESS_EXIT = 2,
	RECORD_FILE_OPEN = 3,
	RECORD_KINDS,
};

/* Part of a record, behind its fixed fields: offset from the start of the record. */
struct text_span {
	__u16 offset;
	__u16 length;
};

struct record_header {
	__u64 time_ns; /* CLOCK_BOOTTIME */
	__u32 size;    /* of the whole record */
	__u32 kind;
};

/* Ids are those of the initial namespaces, but ns_pid. */
struct process_identity {
	__u64 start_ns; /* CLOCK_BOOTTIME */
	__u64 capabilities;
	__u32 pid;
	__u32 tid;
	__u32 ppid;
	__u32 ns_pid;
	__u32 uid;
	__u32 gid;
	__u32 pid_ns_level;
	__u32 host_mnt_ns;
	__u32 mnt_ns;
	__u32 pid_ns;
	__u32 net_ns;
	__u32 user_ns;
	__u32 uts_ns;
	__u32 ipc_ns;
	__u32 cgroup_ns;
	__u32 reserved;
	char comm[COMM_SIZE];
};
