/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* Bounds what one process and one container can make the sensor report; what is left out is counted. */
#pragma once

#include "maps.bpf.h"

#define LIMIT_WINDOW_NS 10000000000ULL
#define LIMIT_KEYS 8192

/* Fields that are 0 stand for all of them. */
struct limit_key {
	__u64 process_start_ns;
	__u64 exec_id; /* a process may become another program */
	__u64 inode;
	__u64 device;
	__u32 pid;
	__u32 mode;
	__u64 mnt_ns;
};

struct limit_window {
	__u64 since_ns;
	__u64 count;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, LIMIT_KEYS);
	__type(key, struct limit_key);
	__type(value, struct limit_window);
} limit_windows SEC(".maps");

/* By kind of record, as in losses. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, RECORD_KINDS);
	__type(key, __u32);
	__type(value, __u64);
} withheld SEC(".maps");

/*
 * Two CPUs at once may let one more through, which does no harm. `beyond` is set at the beginning of a window: how
 * many the one before did not let through.
 */
static __always_inline bool is_within(struct limit_key *key, __u64 now, __u64 most, __u64 *beyond)
{
	struct limit_window *window = bpf_map_lookup_elem(&limit_windows, key);

	if (window && now - window->since_ns < LIMIT_WINDOW_NS)
		return __sync_fetch_and_add(&window->count, 1) < most;
	*beyond = window && window->count > most ? window->count - most : 0;
	struct limit_window fresh = { .since_ns = now, .count = 1 };
	bpf_map_update_elem(&limit_windows, key, &fresh, BPF_ANY);
	return true;
}

static __always_inline void count_withheld(__u32 kind, __u64 times)
{
	__u64 *count = bpf_map_lookup_elem(&withheld, &kind);

	if (count)
		*count += times;
}
