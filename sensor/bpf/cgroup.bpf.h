/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* The cgroups of a task, from its css_set: no race with /proc, and moving a process later changes nothing. */
#pragma once

#include "text.bpf.h"
#include "cgroup.h"

#define CGROUP_DEPTH 16

static __always_inline struct kernfs_node *parent_node(struct kernfs_node *node)
{
	struct kernfs_node___since_6_15 *newer = (void *)node;

	if (bpf_core_field_exists(newer->__parent))
		return BPF_CORE_READ(newer, __parent);
	return BPF_CORE_READ(node, parent);
}

#define subsystem_index(name)                                                                                  \
	(bpf_core_enum_value_exists(enum cgroup_subsys_id, name) ?                                             \
		 (int)bpf_core_enum_value(enum cgroup_subsys_id, name) :                                       \
		 -1)

static __always_inline struct cgroup *subsystem_cgroup(struct css_set *set, int index)
{
	struct cgroup_subsys_state *state = NULL;
	void *states = (void *)set + bpf_core_field_offset(struct css_set, subsys);

	if (index < 0)
		return NULL;
	bpf_probe_read_kernel(&state, sizeof(state), states + index * sizeof(state));
	return BPF_CORE_READ(state, cgroup);
}

/* The cgroup of one hierarchy, or NULL where the hierarchy is not its own (v2 only) or the task is in its root. */
static __always_inline struct cgroup *slot_cgroup(struct task_struct *task, enum cgroup_slot slot)
{
	struct css_set *set = BPF_CORE_READ(task, cgroups);
	struct cgroup *unified = BPF_CORE_READ(set, dfl_cgrp);
	struct cgroup *group = unified;

	if (slot == SLOT_MEMORY)
		group = subsystem_cgroup(set, subsystem_index(memory_cgrp_id));
	else if (slot == SLOT_PIDS)
		group = subsystem_cgroup(set, subsystem_index(pids_cgrp_id));
	else if (slot == SLOT_CPU)
		group = subsystem_cgroup(set, subsystem_index(cpu_cgrp_id));
	else if (slot == SLOT_DEVICES)
		group = subsystem_cgroup(set, subsystem_index(devices_cgrp_id));
	if (!group)
		return NULL;
	if (slot != SLOT_UNIFIED && BPF_CORE_READ(group, root) == BPF_CORE_READ(unified, root))
		return NULL;
	return parent_node(BPF_CORE_READ(group, kn)) ? group : NULL;
}

/* The first v1 hierarchy in which the task is not in the root. */
static __always_inline struct cgroup *legacy_cgroup(struct task_struct *task)
{
	struct cgroup *group = slot_cgroup(task, SLOT_MEMORY);

	if (!group)
		group = slot_cgroup(task, SLOT_PIDS);
	if (!group)
		group = slot_cgroup(task, SLOT_CPU);
	if (!group)
		group = slot_cgroup(task, SLOT_DEVICES);
	return group;
}

/* Global for the same reasons as append_path. */
__noinline __u32 append_cgroup(__u64 from_node, __u32 offset, __u32 limit)
{
	struct kernfs_node *node = (void *)from_node;
	struct scratch *scratch = get_scratch();

	if (!scratch)
		return offset;
	for (int i = 0; i < CGROUP_DEPTH; i++) {
		struct kernfs_node *parent = parent_node(node);
		if (!parent)
			break;
		offset = append_name(scratch, offset, limit, BPF_CORE_READ(node, name));
		node = parent;
	}
	return offset;
}

__noinline int is_below_scope(__u64 from_node, __u32 slot)
{
	struct kernfs_node *node = (void *)from_node;

	for (int i = 0; i < CGROUP_DEPTH && node; i++) {
		struct scope_key key = { .cgroup_id = BPF_CORE_READ(node, id), .slot = slot };
		if (bpf_map_lookup_elem(&scope_cgroups, &key))
			return 1;
		node = parent_node(node);
	}
	return 0;
}

/* Returns the offset behind the paths. */
static __always_inline __u32 read_cgroups(struct task_struct *task, struct cgroups *cgroups, __u32 start)
{
	struct cgroup *unified = slot_cgroup(task, SLOT_UNIFIED);
	struct cgroup *legacy = legacy_cgroup(task);
	__u32 middle = start, end;

	cgroups->unified_id = unified ? BPF_CORE_READ(unified, kn, id) : 0;
	cgroups->legacy_id = legacy ? BPF_CORE_READ(legacy, kn, id) : 0;
	if (unified)
		middle = append_cgroup((__u64)BPF_CORE_READ(unified, kn), start, UNIFIED_CGROUP_LIMIT);
	end_span(&cgroups->unified, start, middle);
	end = middle;
	if (legacy)
		end = append_cgroup((__u64)BPF_CORE_READ(legacy, kn), middle, LEGACY_CGROUP_LIMIT);
	end_span(&cgroups->legacy, middle, end);
	return end;
}
