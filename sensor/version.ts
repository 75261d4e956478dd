// The version that the programs of this room report.
import manifest from './package.json' with { type: 'json' };

export const { version } = manifest;
