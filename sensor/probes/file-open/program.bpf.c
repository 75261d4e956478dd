// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* Reports each open of a watched file, by what the kernel opened and not by what the call named. */
#include "../../bpf/ancestor.bpf.h"
#include "../../bpf/cgroup.bpf.h"
#include "../../bpf/executable.bpf.h"
#include "../../bpf/identity.bpf.h"
#include "../../bpf/limit.bpf.h"
#include "../../bpf/path.bpf.h"
#include "../../bpf/scope.bpf.h"
#include "../../bpf/stream.bpf.h"
#include "../../bpf/syscall.bpf.h"
#include "../../bpf/watch.bpf.h"
#include "record.h"

/* include/linux/fs.h; FMODE_PATH: the file can be neither read nor written (O_PATH) */
#define FMODE_READ 0x1
#define FMODE_WRITE 0x2
#define FMODE_PATH 0x4000
#define FMODE_CREATED 0x100000

/* In one window. A container's bound is a flood's; nobody reads so many secrets in earnest. */
#define OPENS_OF_ONE_FILE 4
#define OPENS_OF_A_CONTAINER 512

/* One program that opens one file in one way: what is the same in all of this is the same news. */
static __always_inline struct limit_key same_opens(struct task_struct *task, struct file *file)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);

	return (struct limit_key){
		.process_start_ns = BPF_CORE_READ(task, group_leader, start_boottime),
		.exec_id = BPF_CORE_READ(task, self_exec_id),
		.pid = BPF_CORE_READ(task, tgid),
		.inode = BPF_CORE_READ(inode, i_ino),
		.device = BPF_CORE_READ(inode, i_sb, s_dev),
		.mode = BPF_CORE_READ(file, f_mode) & (FMODE_READ | FMODE_WRITE | FMODE_CREATED),
	};
}

/* By file system, so that a crowd of decoys does not hide a token, which lies on one of its own. */
static __always_inline struct limit_key opens_of_container(struct task_struct *task, __u64 device)
{
	return (struct limit_key){
		.mnt_ns = BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum),
		.device = device,
	};
}

static __always_inline __u32 read_path(struct file *file, struct executable *facts, struct text_span *span,
				       __u32 start, __u32 limit)
{
	__u32 result = append_path((__u64)BPF_CORE_READ(file, f_path.mnt),
				   (__u64)BPF_CORE_READ(file, f_path.dentry), start, limit);

	facts->path_flags = path_flags(result);
	end_span(span, start, path_end(result));
	return path_end(result);
}

static __always_inline int report(struct task_struct *task, struct file *file, __u32 call, __u32 number,
				  __u32 repeats)
{
	struct scratch *scratch = get_scratch();
	struct file_open *record = (void *)scratch;

	if (!scratch)
		return 0;
	struct file *program = BPF_CORE_READ(task, mm, exe_file);
	record->header.time_ns = bpf_ktime_get_boot_ns();
	record->header.kind = RECORD_FILE_OPEN;
	record->repeats = repeats;
	record->call = call;
	record->number = number;
	record->mode = BPF_CORE_READ(file, f_mode);
	read_identity(task, &record->identity);
	read_ancestors(task, &record->ancestors);
	read_executable(program, &record->executable);
	read_executable(file, &record->file);

	__u32 end = read_cgroups(task, &record->cgroups, sizeof(*record));
	end = read_path(program, &record->executable, &record->opener, end, OPENER_LIMIT);
	end = read_path(file, &record->file, &record->path, end, FILE_LIMIT);
	record->header.size = end;
	hide_from_compiler(end);
	if (end <= RECORD_SIZE_MAX)
		send_record(scratch, end, RECORD_FILE_OPEN);
	return 0;
}

static __always_inline int take_open(struct task_struct *task, struct file *file, __u32 call, __u32 number)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);

	if ((BPF_CORE_READ(inode, i_mode) & S_IFMT) != S_IFREG || BPF_CORE_READ(file, f_mode) & FMODE_PATH)
		return 0;
	if (!is_watched(file))
		return 0;

	__u64 now = bpf_ktime_get_boot_ns(), repeats = 0, ignored;
	struct limit_key same = same_opens(task, file);
	struct limit_key container = opens_of_container(task, same.device);
	/* Its next report says how many they were. */
	if (!is_within(&same, now, OPENS_OF_ONE_FILE, &repeats))
		return 0;
	if (is_within(&container, now, OPENS_OF_A_CONTAINER, &ignored))
		return report(task, file, call, number, repeats);
	count_withheld(RECORD_FILE_OPEN, 1 + repeats);
	return 0;
}

static __always_inline __u32 compat_call(__u32 number)
{
	if (number == NR_COMPAT_OPENAT)
		return CALL_OPENAT;
	if (number == NR_COMPAT_OPEN)
		return CALL_OPEN;
	if (number == NR_OPENAT2)
		return CALL_OPENAT2;
	if (number == NR_COMPAT_CREAT)
		return CALL_CREAT;
	return number == NR_COMPAT_OPEN_BY_HANDLE_AT ? CALL_OPEN_BY_HANDLE_AT : CALL_NONE;
}

static __always_inline __u32 native_call(__u32 number)
{
	if (number == NR_OPENAT)
		return CALL_OPENAT;
	if (number == NR_OPEN)
		return CALL_OPEN;
	if (number == NR_OPENAT2)
		return CALL_OPENAT2;
	if (number == NR_CREAT)
		return CALL_CREAT;
	return number == NR_OPEN_BY_HANDLE_AT ? CALL_OPEN_BY_HANDLE_AT : CALL_NONE;
}

/*
 * The end of all system calls: tracepoints of single ones cost the same (the kernel's slow path is on for all of
 * them), need tracefs, and know no 32-bit calls. The number alone lets most go.
 */
SEC("tp_btf/sys_exit")
int BPF_PROG(file_open, struct pt_regs *regs, long result)
{
	__u32 number = syscall_number(regs);
	__u32 native = native_call(number), compat = compat_call(number);

	if (result < 0 || (!native && !compat))
		return 0;
	struct task_struct *task = (void *)bpf_get_current_task();
	__u32 call = native == compat ? native : is_compat_call(task) ? compat : native;
	if (!call || !is_in_scope(task))
		return 0;
	struct file *file = file_at(BPF_CORE_READ(task, files), result);
	return file ? take_open(task, file, call, result) : 0;
}

/* include/uapi/linux/io_uring.h */
#define IORING_OP_OPENAT 18
#define IORING_OP_OPENAT2 28
#define IORING_FILE_INDEX_ALLOC 0xffffffff
/* io_uring/filetable.h: the low bits of a slot tell what the file can do */
#define SLOT_FLAGS 3UL

/* A file may be opened into a slot of the ring, without a descriptor. */
static __always_inline struct file *file_in_slot(struct io_ring_ctx *ring, __u32 slot, __u32 result)
{
	struct io_rsrc_node **nodes = BPF_CORE_READ(ring, file_table.data.nodes), *node = NULL;
	__u32 index = slot == IORING_FILE_INDEX_ALLOC ? result : slot - 1;

	bpf_probe_read_kernel(&node, sizeof(node), nodes + index);
	return (void *)(BPF_CORE_READ(node, file_ptr) & ~SLOT_FLAGS);
}

/*
 * An open through io_uring is no system call of its own. The task is the process's own thread, or a worker that
 * the kernel made in its name. The loader takes this program where the tracepoint has these arguments.
 */
SEC("?tp_btf/io_uring_complete")
int BPF_PROG(file_open_uring, struct io_ring_ctx *ring, struct io_kiocb *request, struct io_uring_cqe *entry)
{
	__u8 operation = BPF_CORE_READ(request, opcode);
	struct task_struct *task = (void *)bpf_get_current_task();

	if (operation != IORING_OP_OPENAT && operation != IORING_OP_OPENAT2)
		return 0;
	__s32 result = BPF_CORE_READ(entry, res);
	if (result < 0 || !is_in_scope(task))
		return 0;
	__u32 slot = BPF_CORE_READ((struct io_open *)request, file_slot);
	struct file *file = slot ? file_in_slot(ring, slot, result) : file_at(BPF_CORE_READ(task, files), result);
	return file ? take_open(task, file, CALL_IO_URING, result) : 0;
}

/* Puts the type into BTF, where a test compares it with decode.ts. */
const struct file_open *file_open_type __attribute__((unused));

/* The kernel knows "GPL", not SPDX; the file's licence stands in its first line. */
char program_license[] SEC("license") = "GPL";
