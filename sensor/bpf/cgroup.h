/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* The cgroups of a process; cgroup.ts is its decoder. */
#pragma once

#include "record.h"

/* Where their paths end at the latest: they are the first texts of a record. */
#define UNIFIED_CGROUP_LIMIT 3072
#define LEGACY_CGROUP_LIMIT 5120

struct cgroups {
	__u64 unified_id; /* 0: in the root, or there is no such hierarchy */
	__u64 legacy_id;
	struct text_span unified;
	struct text_span legacy;
};
