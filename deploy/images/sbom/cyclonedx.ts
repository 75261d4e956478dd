// The list of what is in an image, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json).
import type { Component } from '../image.ts';

const licenceOf = (expression: string): object =>
  /\s(OR|AND|WITH)\s/.test(expression) ? { expression } : { license: { id: expression } };

const entryOf = ({ name, version, purl, licence }: Component): object => ({
  type: 'library',
  'bom-ref': purl,
  name,
  version,
  purl,
  ...(licence === undefined ? {} : { licenses: [licenceOf(licence)] }),
});

/** The same components make the same text: no time, no serial number. */
export function toCycloneDx(
  image: { readonly name: string; readonly version: string },
  components: readonly Component[],
): string {
  const unique = new Map(components.map((component) => [component.purl, component]));
  const sorted = [...unique.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
  const own = { type: 'container', 'bom-ref': image.name, ...image, licenses: [licenceOf('Apache-2.0')] };
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: own },
    components: sorted.map(entryOf),
    dependencies: [{ ref: image.name, dependsOn: sorted.map(({ purl }) => purl) }],
  };
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}
