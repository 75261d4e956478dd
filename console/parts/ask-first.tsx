// A deed that takes something away: a question before it is done.
import type { QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DialogButton } from './dialog-button.tsx';
import { Form } from './form.tsx';

interface AskFirstProps {
  /** As a button says it, such as `Delete`. */
  readonly verb: string;
  /** Of what the deed is done to. */
  readonly name: string;
  readonly refused: string | undefined;
  readonly deed: () => Promise<unknown>;
  /** What is read again once it is done. */
  readonly changes: readonly QueryKey[];
  /** What it brings about, in a sentence or two. */
  readonly children: ReactNode;
}

export const AskFirst = ({ verb, name, refused, deed, changes, children }: AskFirstProps): ReactNode => (
  <DialogButton label={verb} size="xs" refused={refused} title={`${verb} ${name}?`}>
    {(close) => (
      <Form verb={`${verb} ${name}`} isGrave deed={deed} changes={changes} onDone={close}>
        <p>{children}</p>
      </Form>
    )}
  </DialogButton>
);
