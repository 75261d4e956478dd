// ATT&CK tactics and techniques of an alert as OCSF's attack objects.
import type { ExportedAlert } from '../alert-format.ts';

/** The version whose ids the rules use. */
const attackVersion = '17';

/** Of the enterprise matrix; a tactic that is not in it goes by its name alone. */
const tacticIds: Readonly<Record<string, string>> = {
  reconnaissance: 'TA0043',
  'resource development': 'TA0042',
  'initial access': 'TA0001',
  execution: 'TA0002',
  persistence: 'TA0003',
  'privilege escalation': 'TA0004',
  'defense evasion': 'TA0005',
  'credential access': 'TA0006',
  discovery: 'TA0007',
  'lateral movement': 'TA0008',
  collection: 'TA0009',
  'command and control': 'TA0011',
  exfiltration: 'TA0010',
  impact: 'TA0040',
};

const tacticOf = (name: string): object => {
  const uid = tacticIds[name.toLowerCase().replaceAll(/[_-]/g, ' ')];
  return uid === undefined ? { name } : { uid, name, src_url: `https://attack.mitre.org/tactics/${uid}/` };
};

const urlOf = (id: string): string => `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`;

function techniqueOf(id: string): object {
  const [parent = id] = id.split('.');
  const technique = { uid: parent, src_url: urlOf(parent) };
  return parent === id ? { technique } : { technique, sub_technique: { uid: id, src_url: urlOf(id) } };
}

/** A rule names its tactics and techniques side by side, so each technique carries all the tactics. */
export function attacksOf({ tactics, techniques }: ExportedAlert): readonly object[] {
  const all = tactics.filter((name) => name !== '').map(tacticOf);
  const shared = all.length === 0 ? {} : { tactics: all };
  const valid = techniques.filter((id) => id !== '');
  if (valid.length > 0) return valid.map((id) => ({ ...techniqueOf(id), ...shared, version: attackVersion }));
  return all.map((tactic) => ({ tactic, version: attackVersion }));
}
