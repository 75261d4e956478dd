/* SPDX-License-Identifier: Apache-2.0 */
/* Loads the probes and carries their records from the ring buffer to stdout, until nobody reads any more. */
#include <bpf/libbpf.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>
#include "../bpf/record.h"
#include "failure.h"
#include "frame.h"
#include "options.h"
#include "probes.h"

#define NS_PER_SECOND 1000000000ULL
#define POLL_MS 200

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
	(void)number;
	stopped = 1;
}

static __u64 clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

static int on_record(void *context, void *data, size_t size)
{
	const struct record_header *header = data;

	(void)context;
	put_frame(header->kind, data, size);
	return 0;
}

/* Now, not at its peak: loading needs the kernel's BTF in memory for a moment. */
static __u64 memory_bytes(void)
{
	unsigned long long total = 0, resident = 0;
	FILE *file = fopen("/proc/self/statm", "r");

	if (!file)
		return 0;
	if (fscanf(file, "%llu %llu", &total, &resident) != 2)
		resident = 0;
	fclose(file);
	return resident * sysconf(_SC_PAGESIZE);
}

typedef __u64 (*count_of_kind)(__u32 kind);

/* `[0,1,2]`, by number of enum record_kind. */
static void print_counts(char *text, size_t size, count_of_kind count)
{
	size_t length = 0;

	for (__u32 kind = 0; kind < RECORD_KINDS; kind++)
		length += snprintf(text + length, size - length, "%c%llu", kind ? ',' : '[',
				   (unsigned long long)count(kind));
	snprintf(text + length, size - length, "]");
}

static void print_misses(char *text, size_t size, const struct options *options)
{
	size_t length = 0;

	for (int i = 0; i < options->probe_count; i++)
		length += snprintf(text + length, size - length, "%s\"%s\":%llu", i ? "," : "",
				   options->probes[i], (unsigned long long)read_recursion_misses(i));
}

/* Boot time and wall clock are read together: the difference turns a record's time into a date. */
static void report(const struct options *options, const char *type)
{
	char lost[256], withheld[256], misses[1024] = "";

	print_counts(lost, sizeof(lost), read_losses);
	print_counts(withheld, sizeof(withheld), read_withheld);
	print_misses(misses, sizeof(misses), options);
	put_control("{\"type\":\"%s\",\"bootNs\":\"%llu\",\"wallNs\":\"%llu\",\"lost\":%s,\"withheld\":%s,"
		    "\"skipped\":{%s},\"cpuMs\":%llu,\"rssBytes\":%llu}",
		    type, (unsigned long long)clock_ns(CLOCK_BOOTTIME),
		    (unsigned long long)clock_ns(CLOCK_REALTIME), lost, withheld, misses,
		    (unsigned long long)clock_ns(CLOCK_PROCESS_CPUTIME_ID) / 1000000,
		    (unsigned long long)memory_bytes());
	flush_frames();
}

static void watch_signals(void)
{
	struct sigaction stop = { .sa_handler = on_signal };

	signal(SIGPIPE, SIG_IGN);
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	/* The collector may be killed before it can close the pipe. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
}

int main(int argc, char **argv)
{
	struct options options = {};

	keep_library_log();
	parse_options(argc, argv, &options);
	watch_signals();
	load_probes(&options);
	struct ring_buffer *ring = ring_buffer__new(events_map(), on_record, NULL, NULL);
	if (!ring)
		fail(FAILURE_RING, "ring buffer: %s", strerror(errno));

	report(&options, "ready");
	__u64 reported_at = clock_ns(CLOCK_BOOTTIME);
	while (!stopped) {
		int count = ring_buffer__poll(ring, POLL_MS);
		if (count < 0 && count != -EINTR)
			fail(FAILURE_RING, "ring buffer: %s", strerror(-count));
		flush_frames();
		if (clock_ns(CLOCK_BOOTTIME) - reported_at < NS_PER_SECOND)
			continue;
		reported_at = clock_ns(CLOCK_BOOTTIME);
		report(&options, "stats");
	}
	ring_buffer__consume(ring);
	report(&options, "stopped");
	return 0;
}
