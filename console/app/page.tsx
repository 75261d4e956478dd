// A page is one module with what it loads and what it shows; its code is fetched when it is first visited.
import type { QueryClient } from '@tanstack/react-query';
import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export interface LoadInput {
  readonly client: QueryClient;
  readonly params: Readonly<Record<string, string>>;
  readonly search: Readonly<Record<string, unknown>>;
}

export interface PageModule {
  /** Starts the page's requests while its code and layout are still on their way. */
  readonly load?: (input: LoadInput) => unknown;
  readonly View: () => ReactNode;
}

interface RouterInput {
  readonly context: { readonly client: QueryClient };
  readonly params: Readonly<Record<string, string>>;
  readonly location: { readonly search: Readonly<Record<string, unknown>> };
}

interface PageOptions {
  readonly loader: (input: RouterInput) => Promise<void>;
  readonly component: RouteComponent;
}

export const page = (fetchModule: () => Promise<PageModule>): PageOptions => ({
  loader: async ({ context, params, location }) => {
    const module = await fetchModule();
    await module.load?.({ client: context.client, params, search: location.search });
  },
  component: lazyRouteComponent(fetchModule, 'View'),
});
