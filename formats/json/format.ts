// Yagura's own JSON: the whole alert, as the API shows it.
import type { AlertFormat } from '../alert-format.ts';
import { alertUrl } from '../alert-format.ts';

export const json: AlertFormat = {
  name: 'json',
  contentType: 'application/json',
  write: (input) => {
    const { alert, change, key, product } = input;
    const url = alertUrl(input);
    const { version, workspace } = product;
    return JSON.stringify({ key, change, ...(url === undefined ? {} : { url }), version, workspace, alert });
  },
};
