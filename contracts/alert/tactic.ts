// The tactics of ATT&CK for enterprises, in the order in which an attack goes through them: the kill chain.

export const tactics = [
  'Reconnaissance',
  'Resource Development',
  'Initial Access',
  'Execution',
  'Persistence',
  'Privilege Escalation',
  'Defense Evasion',
  'Credential Access',
  'Discovery',
  'Lateral Movement',
  'Collection',
  'Command and Control',
  'Exfiltration',
  'Impact',
] as const;
export type Tactic = (typeof tactics)[number];

const byKey: ReadonlyMap<string, Tactic> = new Map(tactics.map((name) => [name.toLowerCase(), name]));

/** Whatever its case, also as Falco's tags write it (`command_and_control`); `undefined`: no tactic of ATT&CK. */
export const tacticOf = (text: string): Tactic | undefined =>
  byKey.get(
    text
      .trim()
      .toLowerCase()
      .replaceAll(/[_\s-]+/g, ' '),
  );

/** Place in the kill chain, 0 for the first. */
export const tacticRank = (tactic: Tactic): number => tactics.indexOf(tactic);

/** Those that are tactics, each once, in the order of the kill chain. */
export function inKillChainOrder(names: readonly string[]): readonly Tactic[] {
  const found = new Set(names.map(tacticOf));
  return tactics.filter((tactic) => found.has(tactic));
}
