// Posts each message to a URL, signed where a key is given.
import type { ClientTls } from '@yagura/kit';
import { checkUrl, post } from '../../post.ts';
import {
  refuseFields,
  requireField,
  type Sender,
  type SenderOptions,
  type Transport,
} from '../../transport.ts';
import { signatureOf } from './signature.ts';

export const webhook: Transport = {
  type: 'webhook',
  formats: ['json', 'ocsf'],
  batchSize: 1,
  read(wish) {
    refuseFields(wish, ['host', 'port', 'protocol']);
    const url = requireField(wish, 'url');
    const { signingKey, authorization, ca } = wish;
    return {
      target: checkUrl(url).origin,
      settings: ca === undefined ? {} : { ca },
      secrets: {
        url,
        ...(signingKey === undefined ? {} : { signingKey }),
        ...(authorization === undefined ? {} : { authorization }),
      },
    };
  },
  open: openWebhook,
};

function openWebhook({ settings, secrets, version, now }: SenderOptions): Sender {
  const { url = '', signingKey, authorization } = secrets;
  // One object for all requests: connections are kept per object.
  const tls: ClientTls | undefined =
    settings['ca'] === undefined ? undefined : { ca: String(settings['ca']) };
  return {
    async send(messages, signal) {
      for (const { text, contentType, key, change } of messages) {
        const headers = {
          'content-type': contentType,
          'user-agent': `Yagura/${version}`,
          'idempotency-key': key,
          'x-yagura-change': change,
          ...(authorization === undefined ? {} : { authorization }),
          ...(signingKey === undefined ? {} : { 'x-yagura-signature': signatureOf(text, signingKey, now()) }),
        };
        await post({ url, headers, body: text, tls, now: now(), signal });
      }
    },
  };
}
