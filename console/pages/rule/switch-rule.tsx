// Turns a rule on or off, with a reason; who may not is told why.
import { Textarea } from '@mantine/core';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { disableRule, enableRule, type HubRule } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { ruleQuery, rulesQuery, sessionQuery } from '../../api/queries.ts';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Form } from '../../parts/form.tsx';
import { refusedToWriteRules } from '../../session/capabilities.ts';

interface SwitchFormProps {
  readonly rule: HubRule;
  readonly verb: string;
  readonly onDone: () => void;
}

const SwitchForm = ({ rule, verb, onDone }: SwitchFormProps): ReactNode => {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  return (
    <Form
      verb={verb}
      deed={() =>
        call(rule.enabled ? disableRule : enableRule, { params: { id: rule.id }, body: { reason } })
      }
      changes={[rulesQuery.queryKey]}
      onDone={(changed) => {
        client.setQueryData(ruleQuery(rule.id).queryKey, changed);
        onDone();
      }}
    >
      <Textarea
        label="Reason"
        description="Shown at the rule, and kept in the trail."
        required
        data-autofocus
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
};

export const SwitchRule = ({ rule }: { readonly rule: HubRule }): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const verb = rule.enabled ? 'Turn off' : 'Turn on';
  return (
    <DialogButton label={verb} refused={refusedToWriteRules(session)} title={`${verb} this rule`}>
      {(close) => <SwitchForm rule={rule} verb={verb} onDone={close} />}
    </DialogButton>
  );
};
