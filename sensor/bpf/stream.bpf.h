/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* What a file descriptor is connected to, from the task's file table. */
#pragma once

#include "maps.bpf.h"
#include <bpf/bpf_endian.h>
#include "stream.h"

#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define S_IFREG 0100000
#define S_IFCHR 0020000
#define S_IFIFO 0010000
#define AF_INET 2
#define AF_INET6 10

/* In the kernel a device number is major << 20 | minor. */
#define device_major(device) ((device) >> 20)
#define NULL_DEVICE ((1 << 20) | 3)

static __always_inline __u32 device_stream_type(__u32 device)
{
	__u32 major = device_major(device);

	if (device == NULL_DEVICE)
		return STREAM_NULL;
	/* 4 tty and ttyS, 5 tty and console, 136 to 143 pts: Documentation/admin-guide/devices.txt */
	if (major == 4 || major == 5 || (major >= 136 && major <= 143))
		return STREAM_TTY;
	return STREAM_OTHER;
}

static __always_inline __u32 stream_type(struct inode *inode)
{
	switch (BPF_CORE_READ(inode, i_mode) & S_IFMT) {
	case S_IFREG:
		return STREAM_FILE;
	case S_IFIFO:
		return STREAM_PIPE;
	case S_IFSOCK:
		return STREAM_SOCKET;
	case S_IFCHR:
		return device_stream_type(BPF_CORE_READ(inode, i_rdev));
	default:
		return STREAM_OTHER;
	}
}

static __always_inline void read_peer(struct file *file, struct stream *stream)
{
	struct socket *socket = BPF_CORE_READ(file, private_data);
	struct sock *sock = BPF_CORE_READ(socket, sk);

	stream->family = BPF_CORE_READ(sock, __sk_common.skc_family);
	if (stream->family == AF_INET)
		bpf_core_read(stream->address, 4, &sock->__sk_common.skc_daddr);
	else if (stream->family == AF_INET6)
		bpf_core_read(stream->address, 16, &sock->__sk_common.skc_v6_daddr);
	else
		return;
	stream->port = bpf_ntohs(BPF_CORE_READ(sock, __sk_common.skc_dport));
}

static __always_inline struct file *file_at(struct files_struct *files, __u32 number)
{
	struct fdtable *table = BPF_CORE_READ(files, fdt);
	struct file **slot = BPF_CORE_READ(table, fd);
	struct file *file = NULL;

	if (number < BPF_CORE_READ(table, max_fds))
		bpf_probe_read_kernel(&file, sizeof(file), slot + number);
	return file;
}

static __always_inline void read_stream(struct files_struct *files, __u32 number, struct stream *stream)
{
	struct file *file = file_at(files, number);

	__builtin_memset(stream, 0, sizeof(*stream));
	if (!file)
		return;
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	stream->inode = BPF_CORE_READ(inode, i_ino);
	stream->type = stream_type(inode);
	if (stream->type == STREAM_SOCKET)
		read_peer(file, stream);
}
