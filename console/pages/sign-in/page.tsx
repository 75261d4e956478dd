// Sign in, by the code of a link that is used at once and taken out of the address, or by a token.
import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { redirect, useLocation, useRouter } from '@tanstack/react-router';
import { signIn } from '@yagura/contracts';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { isSignedOut, ownError } from '../../api/errors.ts';
import { keys, sessionQuery } from '../../api/queries.ts';
import type { LoadInput } from '../../app/page.tsx';
import { insideOnly, urls } from '../../app/urls.ts';
import { Wordmark } from '../../app/wordmark.tsx';
import { usePageName } from '../../parts/page-title.tsx';
import { Problem } from '../../parts/problem.tsx';
import styles from './page.module.css';

/** Whoever is signed in already has no business here. */
export const load = async ({ client, search }: LoadInput): Promise<void> => {
  if (search['code'] !== undefined) return;
  const session = await client
    .fetchQuery({ ...sessionQuery, staleTime: 0, retry: false })
    .catch(() => undefined);
  if (session) throw redirect({ href: insideOnly(search['returnTo']) ?? urls.alerts(), replace: true });
};

const useSignIn = (returnTo: string | undefined) => {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (secret: string) => call(signIn, { body: { secret } }),
    onSuccess: (session) => {
      client.removeQueries();
      client.setQueryData(keys.session, session);
      void router.navigate({ href: returnTo ?? urls.alerts(), replace: true });
    },
  });
};

/** The hub's words tell what is wrong; for a link it is nearly always the same thing. */
const problemOf = (error: Error | null, wasLink: boolean): Error | null => {
  if (!(error && isSignedOut(error))) return error;
  return ownError(wasLink ? 'LINK_REFUSED' : 'TOKEN_REFUSED', 401);
};

interface TokenFormProps {
  readonly isPending: boolean;
  readonly onSubmit: (secret: string) => void;
}

const TokenForm = ({ isPending, onSubmit }: TokenFormProps): ReactNode => {
  const [token, setToken] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit(token.trim());
  };
  return (
    <form onSubmit={submit} className={styles['form']}>
      <PasswordInput
        label="API token"
        description="An administrator makes one with the API; “yagura start” prints a new link."
        autoComplete="current-password"
        required
        withAsterisk={false}
        minLength={8}
        maxLength={256}
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <Button type="submit" size="sm" fullWidth loading={isPending}>
        Sign in
      </Button>
    </form>
  );
};

/** Signs in with the code in the address, once, and takes it out of the address before anything else. */
const useLinkCode = (code: string | undefined, cleanHref: string, use: (code: string) => void): void => {
  const router = useRouter();
  const tried = useRef<string>(undefined);
  useEffect(() => {
    if (code === undefined || tried.current === code) return;
    tried.current = code;
    void router.navigate({ href: cleanHref, replace: true });
    use(code);
  }, [code, cleanHref, use, router]);
};

export const View = (): ReactNode => {
  usePageName('Sign in');
  const { code, returnTo } = useLocation().search as { code?: string; returnTo?: string };
  const target = insideOnly(returnTo);
  const attempt = useSignIn(target);
  const [wasLink, setWasLink] = useState(code !== undefined);
  useLinkCode(code, urls.signIn(target), attempt.mutate);
  const submit = (secret: string): void => {
    setWasLink(false);
    attempt.mutate(secret);
  };
  const isEntering = wasLink && (attempt.isIdle || attempt.isPending || attempt.isSuccess);
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <Wordmark />
        <h1>Sign in</h1>
        {isEntering ? (
          <p role="status">Signing in with your link…</p>
        ) : (
          <>
            <p className={styles['how']}>
              Open the link that the hub printed when it started, or paste a token.
            </p>
            <Problem error={problemOf(attempt.error, wasLink)} />
            <TokenForm isPending={attempt.isPending} onSubmit={submit} />
          </>
        )}
      </div>
    </main>
  );
};
