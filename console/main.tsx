// Starts the console in the page.
import './app/styles.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './app/query-client.ts';
import { createConsoleRouter } from './app/router.tsx';
import { theme } from './app/theme.ts';
import { insideOnly, paths, urls } from './app/urls.ts';

const client = createQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (pathname !== paths.signIn) void router.navigate({ href: urls.signIn(insideOnly(href)) });
});
const router = createConsoleRouter(client);

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no #root');
createRoot(element).render(
  <MantineProvider theme={theme} defaultColorScheme="auto">
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
);
