// Posts to an incoming webhook of Slack, or of what speaks like it.
import type { ClientTls } from '@yagura/kit';
import { checkUrl, post } from '../../post.ts';
import { refuseFields, requireField, type Transport } from '../../transport.ts';

export const slack: Transport = {
  type: 'slack',
  formats: ['slack'],
  batchSize: 1,
  read(wish) {
    refuseFields(wish, ['host', 'port', 'protocol', 'signingKey', 'authorization']);
    const url = requireField(wish, 'url');
    const settings: Record<string, string> = wish.ca === undefined ? {} : { ca: wish.ca };
    return { target: checkUrl(url).origin, settings, secrets: { url } };
  },
  open({ settings, secrets: { url = '' }, version, now }) {
    const tls: ClientTls | undefined =
      settings['ca'] === undefined ? undefined : { ca: String(settings['ca']) };
    return {
      async send(messages, signal) {
        for (const { text, contentType } of messages) {
          const headers = { 'content-type': contentType, 'user-agent': `Yagura/${version}` };
          await post({ url, headers, body: text, tls, now: now(), signal });
        }
      },
    };
  },
};
