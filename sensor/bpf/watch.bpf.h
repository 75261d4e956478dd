/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* Whether a file is watched: a look at the last parts of its path, in a table of names. */
#pragma once

#include "path.bpf.h"
#include "watch.h"

/* A part in the middle may be a mount's root, and several mounts may lie on top of each other. */
#define WATCH_STEPS 12

/* Names in patterns, and which patterns take them where. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, WATCH_PATTERNS_MAX * WATCH_PARTS);
	__type(key, struct watch_name);
	__type(value, struct watch_bits);
} watched_names SEC(".maps");

/* The patterns that take any name at a part, or none: with `etc/shadow` it does not matter what stands before. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct watch_bits);
} watched_anyway SEC(".maps");

static __always_inline __u64 patterns_taking(const unsigned char *name, struct watch_bits *anyway, __u32 part)
{
	struct watch_name key = {};

	bpf_probe_read_kernel_str(key.text, sizeof(key.text), name);
	struct watch_bits *named = bpf_map_lookup_elem(&watched_names, &key);
	return anyway->at[part] | (named ? named->at[part] : 0);
}

/* Most files are none of ours by the second name, so that this is cheap. */
static __always_inline bool is_watched(struct file *file)
{
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	struct mount *mount = (void *)BPF_CORE_READ(file, f_path.mnt) - bpf_core_field_offset(struct mount, mnt);
	__u32 zero = 0, part = 0;
	__u64 left = ~0ULL;
	struct watch_bits *anyway = bpf_map_lookup_elem(&watched_anyway, &zero);

	if (!anyway)
		return false;
	for (int i = 0; i < WATCH_STEPS && part < WATCH_PARTS; i++) {
		struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

		if (dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
			struct mount *above = BPF_CORE_READ(mount, mnt_parent);
			if (above == mount || !above)
				break;
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			mount = above;
			continue;
		}
		left &= patterns_taking(BPF_CORE_READ(dentry, d_name.name), anyway, part);
		part++;
		if (!left)
			return false;
		if (dentry == parent)
			break;
		dentry = parent;
	}
	for (; part < WATCH_PARTS; part++)
		left &= anyway->at[part];
	return left != 0;
}
