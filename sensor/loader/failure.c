/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the one JSON line that says why the loader ended. */
#include "failure.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The verifier's last words matter; the beginning of a long log is let go. */
#define LOG_SIZE 16384

static char library_log[LOG_SIZE];
static size_t library_log_length;

static void keep_tail(const char *text, size_t length)
{
	if (length >= LOG_SIZE) {
		text += length - (LOG_SIZE - 1);
		length = LOG_SIZE - 1;
	}
	if (library_log_length + length >= LOG_SIZE) {
		size_t gone = library_log_length + length - (LOG_SIZE - 1);
		memmove(library_log, library_log + gone, library_log_length - gone);
		library_log_length -= gone;
	}
	memcpy(library_log + library_log_length, text, length);
	library_log_length += length;
}

static int on_library_message(enum libbpf_print_level level, const char *format, va_list args)
{
	char *text = NULL;

	if (level == LIBBPF_DEBUG)
		return 0;
	int length = vasprintf(&text, format, args);
	if (length > 0)
		keep_tail(text, length);
	if (length >= 0)
		free(text);
	return length;
}

void keep_library_log(void)
{
	libbpf_set_print(on_library_message);
}

static const char *code_of(enum failure failure)
{
	switch (failure) {
	case FAILURE_USAGE:
		return "USAGE";
	case FAILURE_NO_BTF:
		return "NO_BTF";
	case FAILURE_NO_CAPABILITY:
		return "NO_CAPABILITY";
	case FAILURE_NO_OBJECT:
		return "NO_OBJECT";
	case FAILURE_VERIFIER:
		return "VERIFIER_REJECTED";
	case FAILURE_ATTACH:
		return "ATTACH_FAILED";
	case FAILURE_RING:
		return "RING_FAILED";
	}
	return "UNKNOWN";
}

static void print_json_string(const char *text, size_t length)
{
	fputc('"', stderr);
	for (size_t i = 0; i < length; i++) {
		unsigned char c = text[i];
		if (c == '"' || c == '\\')
			fprintf(stderr, "\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			fprintf(stderr, "\\u%04x", c);
		else
			fputc(c, stderr);
	}
	fputc('"', stderr);
}

_Noreturn void fail(enum failure failure, const char *format, ...)
{
	char message[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	fprintf(stderr, "{\"code\":\"%s\",\"message\":", code_of(failure));
	print_json_string(message, strlen(message));
	fprintf(stderr, ",\"log\":");
	print_json_string(library_log, library_log_length);
	fprintf(stderr, "}\n");
	exit(failure);
}

_Noreturn void fail_to_load(enum failure otherwise, int error, const char *what)
{
	if (access("/sys/kernel/btf/vmlinux", R_OK) != 0)
		fail(FAILURE_NO_BTF, "%s: the kernel has no BTF (/sys/kernel/btf/vmlinux)", what);
	if (error == EPERM)
		fail(FAILURE_NO_CAPABILITY, "%s: operation not permitted", what);
	fail(otherwise, "%s: %s", what, strerror(error));
}
