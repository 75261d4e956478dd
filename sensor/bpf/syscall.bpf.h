/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* Which system call a task is in, whatever table of numbers it came through. */
#pragma once

#include "maps.bpf.h"

#if defined(__TARGET_ARCH_x86)

/* arch/x86/include/asm/thread_info.h: the call came by the 32-bit table, also from a 64-bit program (int 0x80) */
#define TS_COMPAT 0x2
/* arch/x86/include/uapi/asm/unistd.h: the x32 table has the numbers of the 64-bit one */
#define X32_BIT 0x40000000

#define syscall_number(regs) ((__u32)(regs)->orig_ax & ~X32_BIT)
#define is_compat_call(task) (BPF_CORE_READ(task, thread_info.status) & TS_COMPAT)

#define NR_OPEN 2
#define NR_CREAT 85
#define NR_OPENAT 257
#define NR_OPEN_BY_HANDLE_AT 304
#define NR_OPENAT2 437
/* arch/x86/entry/syscalls/syscall_32.tbl */
#define NR_COMPAT_OPEN 5
#define NR_COMPAT_CREAT 8
#define NR_COMPAT_OPENAT 295
#define NR_COMPAT_OPEN_BY_HANDLE_AT 342

#elif defined(__TARGET_ARCH_arm64)

/* arch/arm64/include/asm/thread_info.h: TIF_32BIT */
#define is_compat_call(task) (BPF_CORE_READ(task, thread_info.flags) & (1 << 22))
#define syscall_number(regs) ((__u32)(regs)->syscallno)

/* include/uapi/asm-generic/unistd.h has neither open nor creat. */
#define NR_OPEN 0xffffffff
#define NR_CREAT 0xffffffff
#define NR_OPENAT 56
#define NR_OPEN_BY_HANDLE_AT 265
#define NR_OPENAT2 437
/* arch/arm/tools/syscall.tbl */
#define NR_COMPAT_OPEN 5
#define NR_COMPAT_CREAT 8
#define NR_COMPAT_OPENAT 322
#define NR_COMPAT_OPEN_BY_HANDLE_AT 371

#else
#error "system call numbers of this architecture are missing"
#endif
