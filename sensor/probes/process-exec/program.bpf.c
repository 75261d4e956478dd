// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Reports each exec after the kernel has set the new program up and before its first instruction. */
#include "../../bpf/ancestor.bpf.h"
#include "../../bpf/cgroup.bpf.h"
#include "../../bpf/executable.bpf.h"
#include "../../bpf/identity.bpf.h"
#include "../../bpf/path.bpf.h"
#include "../../bpf/scope.bpf.h"
#include "../../bpf/stream.bpf.h"
#include "record.h"

/* Encoded as in /proc/PID/stat. */
static __always_inline __u32 read_tty(struct task_struct *task)
{
	struct tty_struct *tty = BPF_CORE_READ(task, signal, tty);
	if (!tty)
		return 0;
	__u32 major = BPF_CORE_READ(tty, driver, major);
	__u32 minor = BPF_CORE_READ(tty, driver, minor_start) + BPF_CORE_READ(tty, index);
	return (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12);
}

static __always_inline __u32 read_paths(struct task_struct *task, struct process_exec *record, __u32 start)
{
	struct file *file = BPF_CORE_READ(task, mm, exe_file);
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	__u32 result;

	read_executable(file, &record->executable);
	result = append_path((__u64)BPF_CORE_READ(file, f_path.mnt), (__u64)BPF_CORE_READ(file, f_path.dentry),
			     start, EXECUTABLE_LIMIT);
	record->executable.path_flags = path_flags(result);
	end_span(&record->path, start, path_end(result));

	start = path_end(result);
	result = append_path((__u64)BPF_CORE_READ(fs, pwd.mnt), (__u64)BPF_CORE_READ(fs, pwd.dentry), start,
			     CWD_LIMIT);
	record->cwd_flags = path_flags(result);
	end_span(&record->cwd, start, path_end(result));
	return path_end(result);
}

/*
 * The arguments as the kernel laid them out in the new memory, which no user code has run in yet: rewriting
 * the caller's copy while exec reads it does not change what is seen here.
 */
static __always_inline __u32 read_args(struct task_struct *task, struct scratch *scratch, __u32 offset)
{
	struct process_exec *record = (void *)scratch;
	unsigned long start = BPF_CORE_READ(task, mm, arg_start);
	__u64 size = BPF_CORE_READ(task, mm, arg_end) - start;
	__u64 kept = size < ARGS_MAX ? size : ARGS_MAX;
	__u64 at = offset;

	record->args_size = size;
	hide_from_compiler(at);
	if (at > CWD_LIMIT)
		at = CWD_LIMIT;
	hide_from_compiler(kept);
	if (kept > ARGS_MAX)
		kept = ARGS_MAX;
	if (bpf_probe_read_user(scratch->bytes + at, kept, (void *)start) < 0)
		kept = 0;
	end_span(&record->args, at, at + kept);
	return at + kept;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(process_exec, struct task_struct *task, int old_pid, struct linux_binprm *bprm)
{
	if (!is_in_scope(task))
		return 0;
	struct scratch *scratch = get_scratch();
	if (!scratch)
		return 0;

	struct process_exec *record = (void *)scratch;
	struct files_struct *files = BPF_CORE_READ(task, files);
	record->header.time_ns = bpf_ktime_get_boot_ns();
	record->header.kind = RECORD_PROCESS_EXEC;
	record->reserved = 0;
	read_identity(task, &record->identity);
	for (int i = 0; i < 3; i++)
		read_stream(files, i, &record->streams[i]);
	read_ancestors(task, &record->ancestors);
	record->tty = read_tty(task);

	__u32 end = read_cgroups(task, &record->cgroups, sizeof(*record));
	end = read_paths(task, record, end);
	end = read_args(task, scratch, end);
	record->header.size = end;
	hide_from_compiler(end);
	if (end <= RECORD_SIZE_MAX)
		send_record(scratch, end, RECORD_PROCESS_EXEC);
	return 0;
}

/* Puts the type into BTF, where a test compares it with decode.ts. */
const struct process_exec *process_exec_type __attribute__((unused));

/* The kernel knows "GPL", not SPDX; the file's licence stands in its first line. */
char program_license[] SEC("license") = "GPL";
