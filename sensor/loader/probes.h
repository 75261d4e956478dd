/* SPDX-License-Identifier: Apache-2.0 */
/* The BPF objects: opened, given their shared maps and configuration, loaded and attached. */
#pragma once

#include <linux/types.h>
#include "options.h"

/* Ends the program with a reason when anything fails. */
void load_probes(const struct options *options);

/* File descriptors of the maps that all objects share. */
int events_map(void);

/* Records that found no room in the ring, all CPUs together. */
__u64 read_losses(__u32 kind);

/* Records that were left out because their likes came too often, all CPUs together. */
__u64 read_withheld(__u32 kind);

/* Times that a program of the probe was skipped because it was running on that CPU already (5.12; 0 before). */
__u64 read_recursion_misses(int probe);
