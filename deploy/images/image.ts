// What an image is: a program with its user and flags, and what its files are made of.

/** A part of an image as an SBOM names it. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** https://github.com/package-url/purl-spec */
  readonly purl: string;
  /** SPDX expression, where it is known. */
  readonly licence?: string;
  /** File with the text of its licence, which has to be handed on. */
  readonly licenceFile?: string;
}

export interface LayoutOptions {
  /** The repository. */
  readonly root: string;
  /** Becomes the image's root; what is in it stays. */
  readonly folder: string;
}

export interface Image {
  /** `yagura-NAME` is its repository. */
  readonly name: string;
  readonly title: string;
  /** Numeric, so that `runAsNonRoot` can be checked. */
  readonly user: string;
  /** Flags of Node, chosen for the memory limit that the chart sets. */
  readonly nodeFlags: readonly string[];
  /** Path in the image. */
  readonly main: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Lays the program's files out; returns what of others' work is in them. */
  readonly layOut: (options: LayoutOptions) => Promise<readonly Component[]>;
}

/** The user of every image whose program needs no rights: `nonroot`, as in Google's distroless images. */
export const nonRoot = '65532:65532';

export const entrypointOf = ({ nodeFlags, main }: Image): readonly string[] => [
  '/usr/bin/node',
  ...nodeFlags,
  main,
];
