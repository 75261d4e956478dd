/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* Maps that all programs share: the loader creates them once and hands them to each object. */
#pragma once

#include "kernel.h"
#include <linux/bpf.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "config.h"
#include "record.h"

const volatile struct sensor_config config SEC(".rodata.config") = {};

/* BPF_MAP_TYPE_RINGBUF: 5.8. The loader sets the size. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

/* Records that found no room in the ring, by kind. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, RECORD_KINDS);
	__type(key, __u32);
	__type(value, __u64);
} losses SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, SCOPE_CGROUPS_MAX);
	__type(key, struct scope_key);
	__type(value, __u8);
} scope_cgroups SEC(".maps");

static __always_inline void send_record(void *record, __u32 size, __u32 kind)
{
	if (bpf_ringbuf_output(&events, record, size, 0) == 0)
		return;
	__u64 *lost = bpf_map_lookup_elem(&losses, &kind);
	if (lost)
		*lost += 1;
}
