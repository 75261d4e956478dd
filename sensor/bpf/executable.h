/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* The file that a process runs. */
#pragma once

#include <linux/types.h>

enum executable_flag {
	EXECUTABLE_UNLINKED = 1,
	EXECUTABLE_ON_OVERLAY = 2,
	EXECUTABLE_UPPER_LAYER = 4,
};

enum path_flag {
	/* The walk reached the root; else the path was too deep or too long and its beginning is missing. */
	PATH_COMPLETE = 1,
	/* The file hangs below no mount's root: a memfd. */
	PATH_PSEUDO = 2,
};

struct executable {
	__u64 inode;
	__u32 flags;
	__u32 path_flags; /* enum path_flag */
};
