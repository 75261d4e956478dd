// Headers that keep a browser from doing more for a page than the console needs.

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // Mantine writes style elements at run time.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // The sign-in link's code must not leave with a click.
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;

const oneYearS = 31_536_000;

export const securityHeaders = (hasTls: boolean): Readonly<Record<string, string>> => ({
  ...headers,
  ...(hasTls ? { 'strict-transport-security': `max-age=${oneYearS}` } : {}),
});
