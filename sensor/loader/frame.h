/* SPDX-License-Identifier: Apache-2.0 */
/* Frames on stdout: length of what follows (u32, little endian), kind (u32), payload. */
#pragma once

#include <stddef.h>
#include <linux/types.h>

/* A JSON object about the loader itself; records have the kinds of enum record_kind. */
#define FRAME_CONTROL 0

/* Puts one frame into the buffer; writes the buffer out first when it is full. Ends the program when nobody reads. */
void put_frame(__u32 kind, const void *payload, size_t size);

void put_control(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Blocks while the reader is slow: the ring fills meanwhile, and what finds no room in it is counted. */
void flush_frames(void);
