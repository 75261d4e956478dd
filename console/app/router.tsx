// The one list of pages, and what guards them.
import type { QueryClient } from '@tanstack/react-query';
import {
  type AnyRouter,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { isSignedOut } from '../api/errors.ts';
import { sessionQuery } from '../api/queries.ts';
import { CannotShow, NoSuchPage } from './dead-ends.tsx';
import { page } from './page.tsx';
import { Shell } from './shell.tsx';
import { parseSearch, paths, stringifySearch, urls } from './urls.ts';

interface Context {
  readonly client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NoSuchPage });

const requireSession = async (client: QueryClient, href: string): Promise<void> => {
  try {
    await client.fetchQuery(sessionQuery);
  } catch (error) {
    if (isSignedOut(error)) throw redirect({ href: urls.signIn(href), replace: true });
    throw error;
  }
};

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: ({ context, location }) => requireSession(context.client, location.href),
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ href: urls.alerts(), replace: true });
  },
});

const inside = () => signedIn;

const pages = [
  createRoute({
    getParentRoute: inside,
    path: paths.alerts,
    ...page(() => import('../pages/alert-list/page.tsx')),
  }),
  createRoute({
    getParentRoute: inside,
    path: paths.alert,
    ...page(() => import('../pages/alert/page.tsx')),
  }),
  createRoute({
    getParentRoute: inside,
    path: paths.incidents,
    ...page(() => import('../pages/incident-list/page.tsx')),
  }),
  createRoute({
    getParentRoute: inside,
    path: paths.incident,
    ...page(() => import('../pages/incident/page.tsx')),
  }),
  createRoute({
    getParentRoute: inside,
    path: paths.fleet,
    ...page(() => import('../pages/fleet/page.tsx')),
  }),
  createRoute({
    getParentRoute: inside,
    path: paths.inventory,
    ...page(() => import('../pages/inventory/page.tsx')),
  }),
  createRoute({
    getParentRoute: inside,
    path: paths.suppressions,
    ...page(() => import('../pages/suppression-list/page.tsx')),
  }),
  createRoute({
    getParentRoute: inside,
    path: paths.exports,
    ...page(() => import('../pages/export-list/page.tsx')),
  }),
  createRoute({
    getParentRoute: inside,
    path: paths.rules,
    ...page(() => import('../pages/rule-list/page.tsx')),
  }),
  createRoute({ getParentRoute: inside, path: paths.rule, ...page(() => import('../pages/rule/page.tsx')) }),
  createRoute({
    getParentRoute: inside,
    path: paths.ruleFile,
    ...page(() => import('../pages/rule-file/page.tsx')),
  }),
];

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  ...page(() => import('../pages/sign-in/page.tsx')),
});

export const createConsoleRouter = (client: QueryClient): AnyRouter =>
  createRouter({
    routeTree: root.addChildren([home, signIn, signedIn.addChildren(pages)]),
    context: { client },
    parseSearch,
    stringifySearch,
    defaultErrorComponent: ({ error }) => (
      <CannotShow error={error instanceof Error ? error : new Error(String(error))} />
    ),
    defaultPreload: false,
    scrollRestoration: true,
  });
