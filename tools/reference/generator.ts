// The shape of a generator: one file of docs/reference, made from the code.

export interface Generator {
  /** File name in docs/reference. */
  readonly file: string;
  readonly generate: (root: string) => Promise<string> | string;
}
