// Asks why an alert or an incident is closed.
import { Textarea } from '@mantine/core';
import type { CloseReason } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { Form } from '../parts/form.tsx';
import { CloseReasons } from './close-reasons.tsx';

const maxComment = 2000;

export interface Closing {
  readonly reason: CloseReason;
  readonly comment?: string;
}

interface CloseFormProps<Answer> {
  readonly noun: 'alert' | 'incident';
  readonly deed: (closing: Closing) => Promise<Answer>;
  readonly onDone: (answer: Answer) => void;
  /** What else is asked. */
  readonly children?: ReactNode;
}

export function CloseForm<Answer>({ noun, deed, onDone, children }: CloseFormProps<Answer>): ReactNode {
  const [reason, setReason] = useState<CloseReason>('resolved');
  const [comment, setComment] = useState('');
  const note = comment.trim();
  return (
    <Form
      verb={`Close ${noun}`}
      deed={() => deed(note === '' ? { reason } : { reason, comment: note })}
      onDone={onDone}
    >
      <CloseReasons reason={reason} onChange={setReason} />
      <Textarea
        label="Comment"
        description={`Kept with the ${noun}, for whoever reads it next.`}
        autosize
        minRows={3}
        maxRows={8}
        maxLength={maxComment}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {children}
    </Form>
  );
}
