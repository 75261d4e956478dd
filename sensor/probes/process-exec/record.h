/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* One exec, as it leaves the kernel; decode.ts is its decoder. */
#pragma once

#include "../../bpf/executable.h"
#include "../../bpf/record.h"
#include "../../bpf/stream.h"

#define ANCESTORS_MAX 8
#define ARGS_MAX 8192

/* Where the texts behind the fixed fields end at the latest, in the order in which they are written. */
#define UNIFIED_CGROUP_LIMIT 3072
#define LEGACY_CGROUP_LIMIT 5120
#define EXECUTABLE_LIMIT 9216
#define CWD_LIMIT (RECORD_SIZE_MAX - ARGS_MAX)

enum ancestor_flag {
	/* It never called exec: what it runs is its parent's program. */
	ANCESTOR_FORKED_ONLY = 1,
};

struct ancestor {
	__u64 start_ns;
	__u32 pid;
	__u32 flags;
	char comm[COMM_SIZE];
};

struct process_exec {
	struct record_header header;
	struct process_identity identity;
	struct executable executable;
	struct stream streams[3];
	struct ancestor ancestors[ANCESTORS_MAX];
	__u64 unified_cgroup_id;
	__u64 legacy_cgroup_id;
	__u32 ancestor_count;
	__u32 tty;
	__u32 args_size; /* of the whole argument area; more than args.length when cut */
	__u32 cwd_flags; /* enum path_flag */
	struct text_span unified_cgroup;
	struct text_span legacy_cgroup;
	struct text_span path;
	struct text_span cwd;
	struct text_span args;
	__u32 reserved;
};
