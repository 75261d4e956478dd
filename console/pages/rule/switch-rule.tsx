// Turns a rule on or off, with a reason; who may not is told why.
import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { disableRule, enableRule, type HubRule } from '@yagura/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { ruleQuery, rulesQuery, sessionQuery } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { refusedToWriteRules } from '../../session/capabilities.ts';
import styles from './page.module.css';

export const SwitchRule = ({ rule }: { readonly rule: HubRule }): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const label = rule.enabled ? 'Turn off' : 'Turn on';
  const turn = useMutation({
    mutationFn: () =>
      call(rule.enabled ? disableRule : enableRule, { params: { id: rule.id }, body: { reason } }),
    onSuccess: (changed) => {
      setIsOpen(false);
      setReason('');
      client.setQueryData(ruleQuery(rule.id).queryKey, changed);
      void client.invalidateQueries({ queryKey: rulesQuery.queryKey });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    turn.mutate();
  };
  return (
    <>
      <ActionButton
        label={label}
        variant="default"
        refused={refusedToWriteRules(session)}
        onClick={() => setIsOpen(true)}
      />
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={`${label} this rule`}
        closeButtonProps={{ 'aria-label': 'Cancel' }}
      >
        <form onSubmit={submit} className={styles['main']}>
          <Textarea
            label="Reason"
            description="Shown at the rule, and kept in the trail."
            required
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Problem error={turn.error} />
          <Button type="submit" loading={turn.isPending}>
            {label}
          </Button>
        </form>
      </Modal>
    </>
  );
};
