// The cookie that holds a session's secret: out of reach of scripts and of other sites.

export interface SessionCookie {
  read(request: Request): string | undefined;
  /** Value of Set-Cookie. */
  set(secret: string, maxAgeS: number): string;
  clear(): string;
}

/** With TLS the name's prefix makes browsers refuse it from anyone but this very host. */
export function createSessionCookie({ isSecure }: { readonly isSecure: boolean }): SessionCookie {
  const name = isSecure ? '__Host-yagura_session' : 'yagura_session';
  const attributes = `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
  return {
    read(request) {
      for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
        const [key, value] = pair.trim().split('=', 2);
        if (key === name && value) return value;
      }
      return undefined;
    },
    set: (secret, maxAgeS) => `${name}=${secret}; Max-Age=${Math.floor(maxAgeS)}; ${attributes}`,
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
  };
}
