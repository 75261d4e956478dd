/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* Who a task is: ids, rights and namespaces, read from kernel objects. */
#pragma once

#include "maps.bpf.h"

/* Task of pid 1 of the initial pid namespace: its mount namespace is the host's, readable or not under /proc. */
static __always_inline __u32 host_mount_namespace(struct pid *pid)
{
	return BPF_CORE_READ(pid, numbers[0].ns, child_reaper, nsproxy, mnt_ns, ns.inum);
}

static __always_inline void read_upid(struct pid *pid, __u32 level, struct upid *out)
{
	void *numbers = (void *)pid + bpf_core_field_offset(struct pid, numbers);

	bpf_probe_read_kernel(out, sizeof(*out), numbers + level * bpf_core_type_size(struct upid));
}

/* Its number in its own pid namespace, which is the innermost. */
static __always_inline struct upid own_number(struct pid *pid)
{
	struct upid own = {};

	read_upid(pid, BPF_CORE_READ(pid, level), &own);
	return own;
}

static __always_inline void read_namespaces(struct task_struct *task, struct process_identity *identity)
{
	struct nsproxy *proxy = BPF_CORE_READ(task, nsproxy);
	struct pid *pid = BPF_CORE_READ(task, thread_pid);
	struct upid own = own_number(pid);

	identity->pid_ns_level = BPF_CORE_READ(pid, level);
	identity->host_mnt_ns = host_mount_namespace(pid);
	identity->ns_pid = own.nr;
	identity->pid_ns = BPF_CORE_READ(own.ns, ns.inum);
	identity->mnt_ns = BPF_CORE_READ(proxy, mnt_ns, ns.inum);
	identity->net_ns = BPF_CORE_READ(proxy, net_ns, ns.inum);
	identity->uts_ns = BPF_CORE_READ(proxy, uts_ns, ns.inum);
	identity->ipc_ns = BPF_CORE_READ(proxy, ipc_ns, ns.inum);
	identity->cgroup_ns = BPF_CORE_READ(proxy, cgroup_ns, ns.inum);
}

static __always_inline void read_identity(struct task_struct *task, struct process_identity *identity)
{
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	const struct cred *cred = BPF_CORE_READ(task, cred);

	read_namespaces(task, identity);
	identity->start_ns = BPF_CORE_READ(leader, start_boottime);
	identity->pid = BPF_CORE_READ(task, tgid);
	identity->tid = BPF_CORE_READ(task, pid);
	identity->ppid = BPF_CORE_READ(task, real_parent, tgid);
	identity->uid = BPF_CORE_READ(cred, euid.val);
	identity->gid = BPF_CORE_READ(cred, egid.val);
	identity->user_ns = BPF_CORE_READ(cred, user_ns, ns.inum);
	identity->reserved = 0;
	bpf_core_read(&identity->capabilities, sizeof(identity->capabilities), &cred->cap_effective);
	bpf_core_read(&identity->comm, COMM_SIZE, &leader->comm);
}
