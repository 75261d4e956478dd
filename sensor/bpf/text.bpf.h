/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* The record in the making, and appending names to it. Paths are written leaf first, each name ended by NUL. */
#pragma once

#include "maps.bpf.h"

/* Longest name of a file (255) and its NUL. */
#define NAME_SIZE 256

struct scratch {
	char bytes[RECORD_SIZE_MAX];
};

/* A record is too large for the stack; a tp_btf program runs once at a time on a CPU, so one each is enough. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct scratch);
} scratch_record SEC(".maps");

static __always_inline struct scratch *get_scratch(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&scratch_record, &zero);
}

/* Keeps clang from proving a bound by a route that the verifier cannot follow. */
#define hide_from_compiler(value) asm volatile("" : "+r"(value))

/* Writes one name at `offset`; returns the offset after it, or the same one if there was no room or no name. */
static __always_inline __u32 append_name(struct scratch *scratch, __u32 offset, __u32 limit, const void *name)
{
	hide_from_compiler(offset);
	if (offset > limit - NAME_SIZE || offset > RECORD_SIZE_MAX - NAME_SIZE)
		return offset;
	long length = bpf_probe_read_kernel_str(scratch->bytes + offset, NAME_SIZE, name);
	if (length <= 0)
		return offset;
	return offset + length;
}

static __always_inline void end_span(struct text_span *span, __u32 start, __u32 end)
{
	span->offset = start;
	span->length = end - start;
}
