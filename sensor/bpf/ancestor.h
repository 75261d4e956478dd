/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* The processes above a process; ancestor.ts is its decoder. */
#pragma once

#include "record.h"

#define ANCESTORS_MAX 8

enum ancestor_flag {
	/* It never called exec: what it runs is its parent's program. */
	ANCESTOR_FORKED_ONLY = 1,
};

struct ancestor {
	__u64 start_ns;
	__u32 pid;
	__u32 flags;
	__u32 ns_pid; /* in its own pid namespace */
	__u32 reserved;
	char comm[COMM_SIZE];
};

struct ancestors {
	/* Nearest first. */
	struct ancestor list[ANCESTORS_MAX];
	__u32 count;
	/* enum ancestor_flag of the process itself */
	__u32 own_flags;
};
