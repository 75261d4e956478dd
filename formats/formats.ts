// The one list of formats.
import type { ExportFormat } from '@yagura/contracts';
import type { AlertFormat } from './alert-format.ts';
import { cef } from './cef/format.ts';
import { json } from './json/format.ts';
import { ocsf } from './ocsf/format.ts';
import { slack } from './slack/format.ts';

export const formats = { json, ocsf, cef, slack } as const satisfies Record<ExportFormat, AlertFormat>;
