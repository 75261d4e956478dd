/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 */
/* What a standard stream is connected to; stream.ts is its decoder. */
#pragma once

#include <linux/types.h>

enum stream_type {
	STREAM_CLOSED = 0,
	STREAM_FILE = 1,
	STREAM_PIPE = 2,
	STREAM_SOCKET = 3,
	STREAM_TTY = 4,
	STREAM_NULL = 5,
	STREAM_OTHER = 6,
};

struct stream {
	__u64 inode;
	__u32 type;
	__u16 family;
	__u16 port;       /* of the peer, host byte order */
	__u8 address[16]; /* of the peer; the first four for AF_INET */
};
