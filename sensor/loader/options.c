/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the command line of the loader. */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "failure.h"

static const char usage[] =
	"Usage: yagura-loader --objects DIR --probe NAME [--probe NAME ...]\n"
	"                     [--scope node|containers|cgroups] [--cgroup SLOT:INODE ...] [--ring-bytes N]\n"
	"                     [--watch PATTERN ...]\n"
	"\n"
	"Loads DIR/NAME.bpf.o, attaches its programs and writes framed records to stdout.\n"
	"It is started by the collector; SLOT is a number of enum cgroup_slot in sensor/bpf/config.h.\n"
	"PATTERN is the end of a path, up to four names with * for any one: etc/shadow, .ssh/*\n";

enum { OPTION_OBJECTS = 1, OPTION_PROBE, OPTION_SCOPE, OPTION_CGROUP, OPTION_RING_BYTES, OPTION_WATCH, OPTION_HELP };

static const struct option known[] = {
	{ "objects", required_argument, NULL, OPTION_OBJECTS },
	{ "probe", required_argument, NULL, OPTION_PROBE },
	{ "scope", required_argument, NULL, OPTION_SCOPE },
	{ "cgroup", required_argument, NULL, OPTION_CGROUP },
	{ "ring-bytes", required_argument, NULL, OPTION_RING_BYTES },
	{ "watch", required_argument, NULL, OPTION_WATCH },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ 0 },
};

static unsigned long long parse_number(const char *text, char stop)
{
	char *end = NULL;

	errno = 0;
	unsigned long long number = strtoull(text, &end, 10);
	if (errno || end == text || *end != stop)
		fail(FAILURE_USAGE, "not a number: %s", text);
	return number;
}

static enum scope_mode parse_scope(const char *text)
{
	if (strcmp(text, "node") == 0)
		return SCOPE_NODE;
	if (strcmp(text, "containers") == 0)
		return SCOPE_CONTAINERS;
	if (strcmp(text, "cgroups") == 0)
		return SCOPE_CGROUPS;
	fail(FAILURE_USAGE, "unknown scope: %s", text);
}

static void add_cgroup(struct options *options, const char *text)
{
	const char *colon = strchr(text, ':');

	if (!colon || options->cgroup_count == SCOPE_CGROUPS_MAX)
		fail(FAILURE_USAGE, "not SLOT:INODE, or more than %d: %s", SCOPE_CGROUPS_MAX, text);
	struct scope_key *key = &options->cgroups[options->cgroup_count++];
	key->slot = parse_number(text, ':');
	key->cgroup_id = parse_number(colon + 1, '\0');
}

static void add_probe(struct options *options, const char *name)
{
	if (options->probe_count == PROBES_MAX || strchr(name, '/'))
		fail(FAILURE_USAGE, "not a probe's name, or more than %d: %s", PROBES_MAX, name);
	options->probes[options->probe_count++] = name;
}

static void add_watch(struct options *options, const char *pattern)
{
	if (options->watch_count == WATCH_PATTERNS_MAX)
		fail(FAILURE_USAGE, "more than %d patterns: %s", WATCH_PATTERNS_MAX, pattern);
	options->watch[options->watch_count++] = pattern;
}

static void take_option(struct options *options, int option)
{
	switch (option) {
	case OPTION_OBJECTS:
		options->objects = optarg;
		return;
	case OPTION_PROBE:
		add_probe(options, optarg);
		return;
	case OPTION_SCOPE:
		options->scope = parse_scope(optarg);
		return;
	case OPTION_CGROUP:
		add_cgroup(options, optarg);
		return;
	case OPTION_RING_BYTES:
		options->ring_bytes = parse_number(optarg, '\0');
		return;
	case OPTION_WATCH:
		add_watch(options, optarg);
		return;
	case OPTION_HELP:
		fputs(usage, stdout);
		exit(0);
	default:
		fail(FAILURE_USAGE, "unknown option or missing value; --help lists them");
	}
}

void parse_options(int argc, char **argv, struct options *options)
{
	int option;

	opterr = 0;
	options->ring_bytes = 4 * 1024 * 1024;
	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1)
		take_option(options, option);
	if (!options->objects || options->probe_count == 0)
		fail(FAILURE_USAGE, "--objects and --probe are needed");
	if (options->ring_bytes < 4096 || (options->ring_bytes & (options->ring_bytes - 1)))
		fail(FAILURE_USAGE, "--ring-bytes must be a power of two and at least 4096");
}
