// The one list of transports.
import type { DestinationType } from '@yagura/contracts';
import type { Transport } from '../transport.ts';
import { file } from './file/transport.ts';
import { slack } from './slack/transport.ts';
import { syslog } from './syslog/transport.ts';
import { webhook } from './webhook/transport.ts';

export const transports: Readonly<Record<DestinationType, Transport>> = { webhook, slack, syslog, file };
