// The text of a rule file with its tests: checked by the hub, then saved with a comment.
import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import {
  checkRuleFile,
  putRuleFile,
  type RuleFileCheck,
  type RuleFileDraft,
  type StoredRuleFile,
} from '@yagura/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import type { Refused } from '../../session/capabilities.ts';
import styles from './page.module.css';

export interface FileStart {
  /** Empty: the person names it. */
  readonly name: string;
  readonly version: number;
  readonly text: string;
  readonly tests: string;
  readonly overrides: readonly string[];
}

interface EditorProps {
  readonly start: FileStart;
  readonly refused: Refused;
  readonly onSaved: (file: StoredRuleFile) => void;
}

const Verdict = ({ check }: { readonly check: RuleFileCheck }): ReactNode => (
  <div role="status" className={styles['verdict']}>
    <p>
      {check.ok
        ? `Sound: ${check.rules.join(', ') || 'no rule of its own'}.`
        : 'It cannot be saved like this.'}
    </p>
    <ul>
      {check.problems.map(({ file, line, column, message, expected }) => (
        <li key={`${file}:${line}:${column}:${message}`}>
          <code>
            {file}:{line}:{column}
          </code>{' '}
          {message}
          {expected && ` (expected ${expected})`}
        </li>
      ))}
      {check.notices.map((notice) => (
        <li key={notice}>! {notice}</li>
      ))}
      {check.tests.map(({ name, ok, message }) => (
        <li key={name}>
          {ok ? '✔' : '✖'} {name} {message}
        </li>
      ))}
    </ul>
  </div>
);

interface CodeProps {
  readonly label: string;
  readonly description?: string;
  readonly rows: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const Code = ({ rows, onChange, ...rest }: CodeProps): ReactNode => (
  <Textarea
    {...rest}
    autosize
    minRows={rows}
    maxRows={40}
    spellCheck={false}
    classNames={{ input: styles['code'] ?? '' }}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);

export const Editor = ({ start, refused, onSaved }: EditorProps): ReactNode => {
  const [draft, setDraft] = useState({ ...start, comment: '' });
  const change = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part });
  const body: RuleFileDraft = {
    text: draft.text,
    tests: draft.tests,
    overrides: [...draft.overrides],
  };
  const params = { name: draft.name };
  const check = useMutation({ mutationFn: () => call(checkRuleFile, { params, body }) });
  const save = useMutation({
    mutationFn: () =>
      call(putRuleFile, { params, body: { ...body, comment: draft.comment, ifVersion: draft.version } }),
    onSuccess: onSaved,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    check.mutate();
  };
  return (
    <Section title="Text">
      <form onSubmit={submit} className={styles['form']}>
        {start.name === '' && (
          <TextInput
            label="Name of the file"
            description="Lower case; as the id of its rule, if there is one rule in it."
            required
            pattern="[a-z0-9][a-z0-9._\-]*"
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        )}
        {draft.overrides.length > 0 && <p>Stands in for: {draft.overrides.join(', ')}</p>}
        <Code label="Rules" rows={14} value={draft.text} onChange={(text) => change({ text })} />
        <Code
          label="Tests"
          description="Cases as in a .test.yaml file; the hub runs them before it saves."
          rows={3}
          value={draft.tests}
          onChange={(tests) => change({ tests })}
        />
        <TextInput
          label="Comment"
          description="Kept with this version."
          maxLength={2000}
          value={draft.comment}
          onChange={(event) => change({ comment: event.currentTarget.value })}
        />
        {check.data && <Verdict check={check.data} />}
        <Problem error={check.error ?? save.error} />
        <div className={styles['buttons']}>
          <Button type="submit" variant="default" loading={check.isPending}>
            Check
          </Button>
          <ActionButton
            label="Save"
            loading={save.isPending}
            refused={refused}
            onClick={() => save.mutate()}
          />
        </div>
      </form>
    </Section>
  );
};
