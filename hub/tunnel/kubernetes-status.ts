// Errors as Kubernetes words them, so that kubectl and client libraries can show what is wrong.

const reasons: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  403: 'Forbidden',
  404: 'NotFound',
  413: 'RequestEntityTooLarge',
  429: 'TooManyRequests',
  503: 'ServiceUnavailable',
};

/** A whole answer; nothing else of the body. */
export const kubernetesStatus = (code: number, message: string): Response =>
  Response.json(
    {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason: reasons[code] ?? 'InternalError',
      code,
    },
    { status: code, headers: { 'cache-control': 'no-store' } },
  );
