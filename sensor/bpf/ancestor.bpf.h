/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* Up through the parents of a task. */
#pragma once

#include "identity.bpf.h"
#include "ancestor.h"

/* include/linux/sched.h: forked, but did not exec */
#define PF_FORKNOEXEC 0x40

/* The flag is a thread's, and a thread that is not the first never has called exec. */
static __always_inline __u32 ancestor_flags(struct task_struct *leader)
{
	return BPF_CORE_READ(leader, flags) & PF_FORKNOEXEC ? ANCESTOR_FORKED_ONLY : 0;
}

static __always_inline void read_ancestors(struct task_struct *task, struct ancestors *ancestors)
{
	__u32 count = 0;

	ancestors->own_flags = ancestor_flags(BPF_CORE_READ(task, group_leader));
	for (int i = 0; i < ANCESTORS_MAX; i++) {
		struct task_struct *parent = BPF_CORE_READ(task, real_parent, group_leader);
		struct ancestor *ancestor = &ancestors->list[i];

		if (!parent || parent == task || BPF_CORE_READ(parent, tgid) == 0)
			break;
		ancestor->start_ns = BPF_CORE_READ(parent, start_boottime);
		ancestor->pid = BPF_CORE_READ(parent, tgid);
		ancestor->flags = ancestor_flags(parent);
		ancestor->ns_pid = own_number(BPF_CORE_READ(parent, thread_pid)).nr;
		ancestor->reserved = 0;
		bpf_core_read(&ancestor->comm, COMM_SIZE, &parent->comm);
		count = i + 1;
		task = parent;
	}
	ancestors->count = count;
}
