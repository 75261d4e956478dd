/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* Which tasks are reported at all; decided before anything costly is read. */
#pragma once

#include "cgroup.bpf.h"
#include "identity.bpf.h"

static __always_inline bool is_in_cgroups(struct task_struct *task)
{
	for (int slot = 0; slot < CGROUP_SLOTS; slot++) {
		struct cgroup *group = slot_cgroup(task, slot);
		if (group && is_below_scope((__u64)BPF_CORE_READ(group, kn), slot))
			return true;
	}
	return false;
}

/* A pid namespace below the initial one, or a mount namespace other than that of the host's pid 1. */
static __always_inline bool is_apart_from_host(struct task_struct *task)
{
	struct pid *pid = BPF_CORE_READ(task, thread_pid);

	if (BPF_CORE_READ(pid, level) > 0)
		return true;
	return BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum) != host_mount_namespace(pid);
}

static __always_inline bool is_in_scope(struct task_struct *task)
{
	if ((__u32)BPF_CORE_READ(task, tgid) == config.own_pid)
		return false;
	if (config.scope == SCOPE_CONTAINERS)
		return is_apart_from_host(task);
	if (config.scope == SCOPE_CGROUPS)
		return is_in_cgroups(task);
	return true;
}
