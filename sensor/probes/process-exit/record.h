/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* The end of a process; decode.ts is its decoder. */
#pragma once

#include "../../bpf/record.h"

struct process_exit {
	struct record_header header;
	struct process_identity identity;
	__u32 status; /* as wait(2) has it: code << 8 | core << 7 | signal */
	__u32 reserved;
};
