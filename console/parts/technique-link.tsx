// An ATT&CK technique, by name where it is known, with a link to its page.
import type { ReactNode } from 'react';
import { urls } from '../app/urls.ts';
import { techniqueNames } from './technique-names.ts';

/** Other matrices, such as `MS-TA9007` of Microsoft's for Kubernetes, have no address that follows from the id. */
const isAttack = (id: string): boolean => /^T\d{4}(\.\d{3})?$/.test(id);

export const TechniqueLink = ({ id }: { readonly id: string }): ReactNode =>
  !isAttack(id) ? (
    id
  ) : (
    <a href={urls.technique(id)} target="_blank" rel="noreferrer">
      {id}
      {techniqueNames[id] && ` ${techniqueNames[id]}`}
    </a>
  );
