/* SPDX-License-Identifier: Apache-2.0 */
/* The loader's command line. */
#pragma once

#include <linux/types.h>
#include <stdbool.h>
#include "../bpf/config.h"
#include "../bpf/watch.h"

#define PROBES_MAX 32

struct options {
	const char *objects;
	const char *probes[PROBES_MAX];
	int probe_count;
	__u32 ring_bytes;
	enum scope_mode scope;
	struct scope_key cgroups[SCOPE_CGROUPS_MAX];
	int cgroup_count;
	const char *watch[WATCH_PATTERNS_MAX];
	int watch_count;
};

/* Ends the program with FAILURE_USAGE on a bad command line. */
void parse_options(int argc, char **argv, struct options *options);
