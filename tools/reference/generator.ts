// The shape of a generator: one file of docs/reference, or of another folder, made from the code.

export interface Generator {
  /** From the repository's root. [default docs/reference] */
  readonly folder?: string;
  /** File name in the folder. */
  readonly file: string;
  readonly generate: (root: string) => Promise<string> | string;
}

export const referenceFolder = 'docs/reference';

/** From the repository's root. */
export const pathOf = ({ folder = referenceFolder, file }: Generator): string => `${folder}/${file}`;
