/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* Which files are worth a report: patterns of the end of a path, filled in by the loader. */
#pragma once

#include <linux/types.h>

/* Parts of a path that are looked at, from the last one on. */
#define WATCH_PARTS 4
/* A pattern is a bit. */
#define WATCH_PATTERNS_MAX 64
/* With NUL. Longer names of files are cut, so that a name in a pattern is shorter by one more. */
#define WATCH_NAME_SIZE 48

struct watch_name {
	char text[WATCH_NAME_SIZE];
};

/* For each part, the patterns that are content with a name there. */
struct watch_bits {
	__u64 at[WATCH_PARTS];
};
