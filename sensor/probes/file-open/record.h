/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* A watched file that was opened; decode.ts is its decoder. */
#pragma once

#include "../../bpf/ancestor.h"
#include "../../bpf/cgroup.h"
#include "../../bpf/executable.h"
#include "../../bpf/record.h"

/* Where the texts behind those of the cgroups end at the latest. */
#define OPENER_LIMIT 9216
#define FILE_LIMIT 13312

enum open_call {
	CALL_NONE = 0,
	CALL_OPEN = 1,
	CALL_OPENAT = 2,
	CALL_OPENAT2 = 3,
	CALL_CREAT = 4,
	CALL_OPEN_BY_HANDLE_AT = 5,
	CALL_IO_URING = 6,
};

struct file_open {
	struct record_header header;
	struct process_identity identity;
	struct executable executable; /* that the process runs */
	struct executable file;       /* that it opened: the same facts */
	struct ancestors ancestors;
	struct cgroups cgroups;
	__u32 call; /* enum open_call */
	__u32 mode; /* f_mode of struct file */
	__u32 number;
	struct text_span opener;
	struct text_span path;
	__u32 repeats; /* as this one, left out since it was told last */
};
