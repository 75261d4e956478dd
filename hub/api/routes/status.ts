// The hub itself: status, health, metrics, and this API's description.
import { getHealth, getMetrics, getOpenApi, getStatus } from '@yagura/contracts';
import type { Metrics } from '@yagura/kit';
import { apiEndpoints } from '../api-endpoints.ts';
import { createOpenApi } from '../openapi.ts';
import { type Route, route } from '../route.ts';
import type { StatusSource } from '../status-source.ts';

export interface StatusRouteOptions {
  readonly status: StatusSource;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  readonly version: string;
}

export const statusRoutes = ({ status, metrics, version }: StatusRouteOptions): readonly Route[] => {
  const document = createOpenApi(apiEndpoints, { version });
  return [
    route(getStatus, async () => status.read()),
    route(getHealth, async ({ reply }) => {
      const failing = await status.failing();
      reply.status = failing.length === 0 ? 200 : 503;
      return { healthy: failing.length === 0, failing: [...failing] };
    }),
    route(
      getMetrics,
      async () =>
        new Response(await metrics.text(), {
          headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
        }),
    ),
    route(getOpenApi, async () => document),
  ];
};
