/* SPDX-License-Identifier: Apache-2.0 */
/* Opens, configures, loads and attaches the BPF objects. */
#include "probes.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../bpf/record.h"
#include "failure.h"
#include "watch.h"

enum { MAP_EVENTS, MAP_LOSSES, MAP_SCOPE, MAP_WITHHELD, SHARED_MAPS };

/* The last one only where a probe bounds what it reports. */
static const char *const shared_maps[SHARED_MAPS] = { "events", "losses", "scope_cgroups", "withheld" };
static int shared_fds[SHARED_MAPS] = { -1, -1, -1, -1 };

static struct bpf_object *objects[PROBES_MAX];

static struct bpf_map *find_map(struct bpf_object *object, const char *name)
{
	struct bpf_map *map = bpf_object__find_map_by_name(object, name);

	if (!map)
		fail(FAILURE_NO_OBJECT, "object %s has no map %s: build it anew", bpf_object__name(object), name);
	return map;
}

static void configure(struct bpf_object *object, const struct options *options)
{
	const struct sensor_config config = { .scope = options->scope, .own_pid = getpid() };

	if (bpf_map__set_initial_value(find_map(object, ".rodata.config"), &config, sizeof(config)))
		fail(FAILURE_NO_OBJECT, "object %s is of another version: build it anew", bpf_object__name(object));
	bpf_map__set_max_entries(find_map(object, "events"), options->ring_bytes);
	for (int i = 0; i < SHARED_MAPS; i++) {
		struct bpf_map *map = bpf_object__find_map_by_name(object, shared_maps[i]);
		if (map && shared_fds[i] >= 0 && bpf_map__reuse_fd(map, shared_fds[i]))
			fail_to_load(FAILURE_NO_OBJECT, errno, shared_maps[i]);
	}
}

static void remember_maps(struct bpf_object *object)
{
	for (int i = 0; i < SHARED_MAPS; i++) {
		struct bpf_map *map = bpf_object__find_map_by_name(object, shared_maps[i]);
		if (map && shared_fds[i] < 0)
			shared_fds[i] = bpf_map__fd(map);
	}
}

/* Arguments of a tracepoint of the running kernel; -1 where there is none. */
static int tracepoint_arguments(const char *name)
{
	struct btf *btf = btf__load_vmlinux_btf();
	char typedef_name[128];
	int count = -1;

	snprintf(typedef_name, sizeof(typedef_name), "btf_trace_%s", name);
	int id = btf ? btf__find_by_name_kind(btf, typedef_name, BTF_KIND_TYPEDEF) : -1;
	if (id > 0) {
		const struct btf_type *pointer = btf__type_by_id(btf, btf__type_by_id(btf, id)->type);
		/* The first one is the tracepoint's own. */
		count = btf_vlen(btf__type_by_id(btf, pointer->type)) - 1;
	}
	btf__free(btf);
	return count;
}

/* Programs for what not every kernel has are marked in their objects (`?`), and are left out unless they fit. */
static void choose_programs(struct bpf_object *object)
{
	struct bpf_program *uring = bpf_object__find_program_by_name(object, "file_open_uring");

	if (uring)
		bpf_program__set_autoload(uring, tracepoint_arguments("io_uring_complete") == 3);
}

static struct bpf_object *load_object(const struct options *options, const char *probe)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s.bpf.o", options->objects, probe);
	struct bpf_object *object = bpf_object__open_file(path, NULL);
	if (!object)
		fail(FAILURE_NO_OBJECT, "%s: %s", path, strerror(errno));
	configure(object, options);
	choose_programs(object);
	int error = bpf_object__load(object);
	if (error)
		fail_to_load(FAILURE_VERIFIER, -error, probe);
	remember_maps(object);
	fill_watch(object, options);
	return object;
}

static void fill_scope(const struct options *options)
{
	__u8 present = 1;

	for (int i = 0; i < options->cgroup_count; i++)
		if (bpf_map_update_elem(shared_fds[MAP_SCOPE], &options->cgroups[i], &present, BPF_ANY))
			fail_to_load(FAILURE_RING, errno, "scope");
}

static void attach(struct bpf_object *object, const char *probe)
{
	struct bpf_program *program;

	bpf_object__for_each_program(program, object)
		if (bpf_program__autoload(program) && !bpf_program__attach(program))
			fail_to_load(FAILURE_ATTACH, errno, probe);
}

void load_probes(const struct options *options)
{
	for (int i = 0; i < options->probe_count; i++)
		objects[i] = load_object(options, options->probes[i]);
	/* Attached only when all are loaded, so that no probe reports before its partner could. */
	fill_scope(options);
	for (int i = 0; i < options->probe_count; i++)
		attach(objects[i], options->probes[i]);
}

int events_map(void)
{
	return shared_fds[MAP_EVENTS];
}

static __u64 read_count(int map, __u32 kind)
{
	int cpus = libbpf_num_possible_cpus();
	__u64 total = 0;
	__u64 *values = calloc(cpus > 0 ? cpus : 1, sizeof(*values));

	if (values && bpf_map_lookup_elem(map, &kind, values) == 0)
		for (int i = 0; i < cpus; i++)
			total += values[i];
	free(values);
	return total;
}

__u64 read_losses(__u32 kind)
{
	return read_count(shared_fds[MAP_LOSSES], kind);
}

__u64 read_withheld(__u32 kind)
{
	return read_count(shared_fds[MAP_WITHHELD], kind);
}

__u64 read_recursion_misses(int probe)
{
	struct bpf_program *program;
	__u64 total = 0;

	bpf_object__for_each_program(program, objects[probe]) {
		if (!bpf_program__autoload(program))
			continue;
		struct bpf_prog_info info = {};
		__u32 size = sizeof(info);
		if (bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size) == 0)
			total += info.recursion_misses;
	}
	return total;
}
