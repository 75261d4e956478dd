// Refuses a place without rules: most often it is mistyped, and nothing to look at is no success.
import { readRuleFiles } from '@yagura/detection';
import { CliError } from '../errors.ts';

export async function requireRuleFiles(places: readonly (string | undefined)[]): Promise<void> {
  for (const place of places) {
    if (place === undefined || (await readRuleFiles(place)).length > 0) continue;
    throw new CliError('OPTION_INVALID', `there are no rule files in ${place}`, {
      mend: 'Name a folder that holds rules in .yaml files, or one such file.',
    });
  }
}
