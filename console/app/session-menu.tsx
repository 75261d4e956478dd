// Who is signed in, and the way out.
import { Menu } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { signOut } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { call } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { AbsoluteTime } from '../parts/time.tsx';
import styles from './session-menu.module.css';
import { urls } from './urls.ts';

export const SessionMenu = (): ReactNode => {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const client = useQueryClient();
  const router = useRouter();
  const leave = useMutation({
    mutationFn: () => call(signOut),
    onSuccess: async () => {
      await router.navigate({ href: urls.signIn() });
      client.clear();
    },
  });
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className={styles['trigger']} aria-label={`Account: ${session.user}`}>
          <span className={styles['initial']} aria-hidden="true">
            {session.user.slice(0, 1).toUpperCase()}
          </span>
          <span className={styles['name']}>{session.user}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles['who']}>
          <strong>{session.user}</strong>
          <span>Role: {session.role}</span>
          {session.expiresAt && (
            <span>
              Signed in until <AbsoluteTime value={session.expiresAt} />
            </span>
          )}
        </div>
        <Menu.Divider />
        <Menu.Item onClick={() => leave.mutate()} disabled={leave.isPending}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
