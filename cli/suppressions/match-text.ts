// What a suppression matches, in a line.
import { type SuppressionMatch, suppressionFields } from '@yagura/contracts';
import { plain } from '../terminal/table.ts';

export const matchText = (match: SuppressionMatch): string =>
  suppressionFields
    .flatMap((field) => (match[field] === undefined ? [] : [`${field}=${plain(match[field])}`]))
    .join(' ');
