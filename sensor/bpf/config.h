/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* What the loader tells the programs before they are loaded. */
#pragma once

#include <linux/types.h>

enum scope_mode {
	SCOPE_NODE = 0,
	SCOPE_CONTAINERS = 1,
	SCOPE_CGROUPS = 2,
};

/* Which cgroup hierarchy an inode number belongs to: numbers repeat between hierarchies. */
enum cgroup_slot {
	SLOT_UNIFIED = 0,
	SLOT_MEMORY = 1,
	SLOT_PIDS = 2,
	SLOT_CPU = 3,
	SLOT_DEVICES = 4,
	CGROUP_SLOTS,
};

struct scope_key {
	__u64 cgroup_id;
	__u64 slot;
};

#define SCOPE_CGROUPS_MAX 64

struct sensor_config {
	__u32 scope;
	/* The loader's own thread group: it never reports itself. */
	__u32 own_pid;
};
