// Fields and the button that does what they ask for; what went wrong is said above the button.
import { Button } from '@mantine/core';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import styles from './form.module.css';
import { Problem } from './problem.tsx';

interface FormProps<Answer> {
  /** What the button says. */
  readonly verb: string;
  /** The deed takes something away. */
  readonly isGrave?: boolean;
  readonly deed: () => Promise<Answer>;
  /** What is read again once it is done. */
  readonly changes?: readonly QueryKey[];
  readonly onDone: (answer: Answer) => void;
  readonly children: ReactNode;
}

export function Form<Answer>({
  verb,
  isGrave = false,
  deed,
  changes = [],
  onDone,
  children,
}: FormProps<Answer>): ReactNode {
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: deed,
    onSuccess: async (answer) => {
      await Promise.all(changes.map((queryKey) => client.invalidateQueries({ queryKey })));
      onDone(answer);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate();
  };
  return (
    <form onSubmit={submit} className={styles['form']} autoComplete="off">
      {children}
      <Problem error={act.error} />
      <div className={styles['buttons']}>
        <Button type="submit" loading={act.isPending} {...(isGrave ? { color: 'red.9' } : {})}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
