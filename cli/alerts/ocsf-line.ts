// An alert as a line of OCSF.
import { type ExportedAlert, formats } from '@yagura/formats';
import manifest from '../package.json' with { type: 'json' };

/** What happened last to the alert is not known here: one that is closed was closed, any other was raised. */
export const ocsfLine = (alert: ExportedAlert): string =>
  formats.ocsf.write({
    alert,
    change: alert.status === 'closed' ? 'closed' : 'raised',
    key: alert.id,
    product: { version: manifest.version },
  });
