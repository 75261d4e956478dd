/* SPDX-License-Identifier: Apache-2.0 */
/* Writes whole frames to stdout, also when the pipe takes only a part at a time. */
#include "frame.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_SIZE (256 * 1024)

static char buffer[BUFFER_SIZE];
static size_t used;

static void wait_until_writable(void)
{
	struct pollfd output = { .fd = STDOUT_FILENO, .events = POLLOUT };

	poll(&output, 1, -1);
}

void flush_frames(void)
{
	size_t written = 0;

	while (written < used) {
		ssize_t count = write(STDOUT_FILENO, buffer + written, used - written);
		if (count > 0)
			written += count;
		else if (count < 0 && errno == EAGAIN)
			wait_until_writable();
		else if (count < 0 && errno != EINTR)
			exit(0); /* the collector is gone */
	}
	used = 0;
}

void put_frame(__u32 kind, const void *payload, size_t size)
{
	__u32 head[2] = { sizeof(kind) + size, kind };

	if (used + sizeof(head) + size > BUFFER_SIZE)
		flush_frames();
	memcpy(buffer + used, head, sizeof(head));
	memcpy(buffer + used + sizeof(head), payload, size);
	used += sizeof(head) + size;
}

void put_control(const char *format, ...)
{
	char text[2048];
	va_list args;

	va_start(args, format);
	int length = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (length > 0 && (size_t)length < sizeof(text))
		put_frame(FRAME_CONTROL, text, length);
}
