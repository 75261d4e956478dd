/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* The path of a file: up through the dentries and across mounts, to the root of its mount namespace. */
#pragma once

#include "executable.h"
#include "text.bpf.h"

#define PATH_DEPTH 40

/* What append_path returns: the offset behind the path in the low half, enum path_flag in the high one. */
#define path_end(result) ((__u32)(result) & 0xffff)
#define path_flags(result) ((__u32)(result) >> 16)

/*
 * bpf_d_path is not allowed in tracepoints; walking also gives the path as the host sees it, in spite of chroot.
 * A global function is verified once, not at each call (5.6), and may take only numbers (before 5.12).
 */
__noinline __u32 append_path(__u64 from_mount, __u64 from_dentry, __u32 offset, __u32 limit)
{
	struct dentry *dentry = (void *)from_dentry;
	struct mount *mount = (void *)from_mount - bpf_core_field_offset(struct mount, mnt);
	struct scratch *scratch = get_scratch();
	__u32 flags = 0;

	if (!scratch)
		return offset;
	for (int i = 0; i < PATH_DEPTH; i++) {
		struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

		if (dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
			struct mount *above = BPF_CORE_READ(mount, mnt_parent);
			if (above == mount || !above) {
				flags = PATH_COMPLETE;
				break;
			}
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			mount = above;
			continue;
		}
		__u32 next = append_name(scratch, offset, limit, BPF_CORE_READ(dentry, d_name.name));
		if (next == offset)
			break;
		offset = next;
		if (dentry == parent) {
			flags = PATH_COMPLETE | PATH_PSEUDO;
			break;
		}
		dentry = parent;
	}
	return (offset & 0xffff) | flags << 16;
}
