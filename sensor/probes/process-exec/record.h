/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* One exec, as it leaves the kernel; decode.ts is its decoder. */
#pragma once

#include "../../bpf/ancestor.h"
#include "../../bpf/cgroup.h"
#include "../../bpf/executable.h"
#include "../../bpf/record.h"
#include "../../bpf/stream.h"

#define ARGS_MAX 8192

/* Where the texts behind those of the cgroups end at the latest, in the order in which they are written. */
#define EXECUTABLE_LIMIT 9216
#define CWD_LIMIT (RECORD_SIZE_MAX - ARGS_MAX)

struct process_exec {
	struct record_header header;
	struct process_identity identity;
	struct executable executable;
	struct stream streams[3];
	struct ancestors ancestors;
	struct cgroups cgroups;
	__u32 tty;
	__u32 args_size; /* of the whole argument area; more than args.length when cut */
	__u32 cwd_flags; /* enum path_flag */
	struct text_span path;
	struct text_span cwd;
	struct text_span args;
	__u32 reserved;
};
