// What people found out about an incident, and a place to write down more.
import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { commentIncident, type Incident } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/client.ts';
import { sessionQuery } from '../../api/queries.ts';
import { refreshIncident } from '../../incidents/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import { refusedToWorkOn } from '../../session/capabilities.ts';
import styles from './comments.module.css';

const maxText = 4000;

export const Comments = ({ incident }: { readonly incident: Incident }): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const [text, setText] = useState('');
  const comment = useMutation({
    mutationFn: () => call(commentIncident, { params: { id: incident.id }, body: { text: text.trim() } }),
    onSuccess: () => {
      setText('');
      refreshIncident(client, incident.id);
    },
  });
  const empty = text.trim() === '' ? 'Write something first.' : undefined;
  return (
    <Section title="Comments">
      <ol className={styles['comments']}>
        {incident.comments.map(({ id, author, time, text: said }) => (
          <li key={id}>
            <span className={styles['who']}>
              {author}, <RelativeTime value={time} />
            </span>
            <p className={styles['said']}>{said}</p>
          </li>
        ))}
      </ol>
      <Textarea
        label="New comment"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={maxText}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Problem error={comment.error} />
      <div className={styles['send']}>
        <ActionButton
          label="Add comment"
          variant="default"
          loading={comment.isPending}
          refused={refusedToWorkOn(session, incident, 'comment on') ?? empty}
          onClick={() => comment.mutate()}
        />
      </div>
    </Section>
  );
};
