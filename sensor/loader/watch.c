/* SPDX-License-Identifier: Apache-2.0 */
/* A pattern is a bit: set at each part for the name that it wants there, or for any name. */
#include "watch.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>
#include "../bpf/watch.h"
#include "failure.h"

static void add_name(int names, const char *text, size_t length, int part, __u64 bit)
{
	struct watch_name name = {};
	struct watch_bits bits = {};

	memcpy(name.text, text, length);
	/* A name may stand in several patterns. */
	bpf_map_lookup_elem(names, &name, &bits);
	bits.at[part] |= bit;
	if (bpf_map_update_elem(names, &name, &bits, BPF_ANY))
		fail_to_load(FAILURE_RING, errno, "watched files");
}

static void add_pattern(int names, struct watch_bits *anyway, const char *pattern, __u64 bit)
{
	const char *end = pattern + strlen(pattern);
	int part = 0;

	for (; end > pattern; part++) {
		const char *start = end;
		while (start > pattern && start[-1] != '/')
			start--;
		size_t length = end - start;
		if (part == WATCH_PARTS || length == 0 || length > WATCH_NAME_SIZE - 2)
			fail(FAILURE_USAGE, "not up to %d names of 1 to %d characters: %s", WATCH_PARTS,
			     WATCH_NAME_SIZE - 2, pattern);
		if (length == 1 && *start == '*')
			anyway->at[part] |= bit;
		else
			add_name(names, start, length, part, bit);
		end = start > pattern ? start - 1 : start;
	}
	for (; part < WATCH_PARTS; part++)
		anyway->at[part] |= bit;
}

void fill_watch(struct bpf_object *object, const struct options *options)
{
	struct bpf_map *names = bpf_object__find_map_by_name(object, "watched_names");
	struct bpf_map *anyway = bpf_object__find_map_by_name(object, "watched_anyway");
	struct watch_bits bits = {};
	__u32 zero = 0;

	if (!names || !anyway)
		return;
	for (int i = 0; i < options->watch_count; i++)
		add_pattern(bpf_map__fd(names), &bits, options->watch[i], 1ULL << i);
	if (bpf_map_update_elem(bpf_map__fd(anyway), &zero, &bits, BPF_ANY))
		fail_to_load(FAILURE_RING, errno, "watched files");
}
