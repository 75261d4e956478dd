/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns of files, such as `etc/shadow`, turned into the tables that the kernel looks into. */
#pragma once

#include <bpf/libbpf.h>
#include "options.h"

/* Does nothing for an object that watches no files. Ends the program on a pattern that the tables cannot hold. */
void fill_watch(struct bpf_object *object, const struct options *options);
