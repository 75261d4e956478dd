// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Reports the end of each process that once called exec, when its last thread is gone. */
#include "../../bpf/ancestor.bpf.h"
#include "../../bpf/identity.bpf.h"
#include "../../bpf/scope.bpf.h"
#include "record.h"

/* include/linux/sched/signal.h */
#define SIGNAL_GROUP_EXIT 0x4

static __always_inline __u32 exit_status(struct task_struct *task)
{
	struct signal_struct *signal = BPF_CORE_READ(task, signal);

	if (BPF_CORE_READ(signal, flags) & SIGNAL_GROUP_EXIT)
		return BPF_CORE_READ(signal, group_exit_code);
	return BPF_CORE_READ(task, group_leader, exit_code);
}

/*
 * A leader may end before its threads, and ends without the process ending when another thread calls exec;
 * so the count of live threads decides. Two last threads may both see none left: user space drops the second.
 */
SEC("tp_btf/sched_process_exit")
int BPF_PROG(process_exit, struct task_struct *task)
{
	struct process_exit record = {};

	if (BPF_CORE_READ(task, signal, live.counter) != 0)
		return 0;
	if (ancestor_flags(BPF_CORE_READ(task, group_leader)) & ANCESTOR_FORKED_ONLY)
		return 0;
	if (!is_in_scope(task))
		return 0;
	record.header.time_ns = bpf_ktime_get_boot_ns();
	record.header.kind = RECORD_PROCESS_EXIT;
	record.header.size = sizeof(record);
	read_identity(task, &record.identity);
	record.status = exit_status(task);
	send_record(&record, sizeof(record), RECORD_PROCESS_EXIT);
	return 0;
}

/* Puts the type into BTF, where a test compares it with decode.ts. */
const struct process_exit *process_exit_type __attribute__((unused));

/* The kernel knows "GPL", not SPDX; the file's licence stands in its first line. */
char program_license[] SEC("license") = "GPL";
