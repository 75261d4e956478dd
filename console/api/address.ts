// The address of an endpoint: its path with the parameters put in, and its query.

type ParameterNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterNames<Rest>
  : never;

/** `{ id: string }` for `/alerts/{id}`; no keys for a path without parameters. */
export type PathParameters<P extends string> = { readonly [Name in ParameterNames<P>]: string };

export type QueryValues = Readonly<Record<string, string | number | undefined>>;

/** Leaves out what is undefined or empty; keeps the order of the keys, so that equal filters have equal addresses. */
export function queryString(values: QueryValues): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export function address(
  path: string,
  parameters: Readonly<Record<string, string>>,
  query: QueryValues,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
  return filled + queryString(query);
}
