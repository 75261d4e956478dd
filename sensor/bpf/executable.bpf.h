/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* The file that a process runs: inode, links, and whether overlayfs has it in its writable layer. */
#pragma once

#include "maps.bpf.h"
#include "executable.h"

/* include/uapi/linux/magic.h */
#define OVERLAYFS_SUPER_MAGIC 0x794c7630

/*
 * overlayfs embeds the inode in struct ovl_inode, the upper dentry right behind it (so from 4.8 to 6.18 at least).
 * Where overlayfs is a module without BTF, the field is found by the inode's size.
 */
static __always_inline struct dentry *upper_dentry(struct inode *inode)
{
	struct dentry *upper = NULL;
	__u32 distance = bpf_core_type_size(struct inode);

	if (bpf_core_field_exists(struct ovl_inode, __upperdentry))
		distance = bpf_core_field_offset(struct ovl_inode, __upperdentry) -
			   bpf_core_field_offset(struct ovl_inode, vfs_inode);
	bpf_probe_read_kernel(&upper, sizeof(upper), (void *)inode + distance);
	return upper;
}

static __always_inline void read_executable(struct file *file, struct executable *executable)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);

	executable->inode = BPF_CORE_READ(inode, i_ino);
	executable->flags = 0;
	if (BPF_CORE_READ(inode, i_nlink) == 0)
		executable->flags |= EXECUTABLE_UNLINKED;
	if (BPF_CORE_READ(inode, i_sb, s_magic) != OVERLAYFS_SUPER_MAGIC)
		return;
	executable->flags |= EXECUTABLE_ON_OVERLAY;
	if (BPF_CORE_READ(upper_dentry(inode), d_inode))
		executable->flags |= EXECUTABLE_UPPER_LAYER;
}
