/* SPDX-License-Identifier: Apache-2.0 */
/* How the loader ends when it cannot do its work: one JSON line on stderr and an exit code of its own. */
#pragma once

enum failure {
	FAILURE_USAGE = 2,
	FAILURE_NO_BTF = 10,
	FAILURE_NO_CAPABILITY = 11,
	FAILURE_NO_OBJECT = 12,
	FAILURE_VERIFIER = 13,
	FAILURE_ATTACH = 14,
	FAILURE_RING = 15,
};

/* Keeps what libbpf says, the verifier's log above all. Call it before anything of libbpf. */
void keep_library_log(void);

/* Prints {"code","message","log"} and ends the program. */
_Noreturn void fail(enum failure failure, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As fail; tells a missing right or a missing BTF from a rejected program by `error` (positive errno). */
_Noreturn void fail_to_load(enum failure otherwise, int error, const char *what);
