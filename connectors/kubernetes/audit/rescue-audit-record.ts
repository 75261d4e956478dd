// Reads what the beginning of a cut audit record still tells: AKS cuts long log lines at 16 KiB, EKS at a length that is not documented.

/** Beyond this much text nothing more is looked for. */
const maxChars = 64 * 1024;

/**
 * The members of the outermost object that are whole, `undefined` when there is none. Linear in the text: each complete
 * member's end is remembered, and the text up to the last one is parsed once.
 */
export function rescueAuditRecord(log: string): Readonly<Record<string, unknown>> | undefined {
  const text = log.length > maxChars ? log.slice(0, maxChars) : log;
  const end = endOfLastWholeMember(text);
  if (end === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(`${text.slice(0, end)}}`);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Position of the last comma on the first level: all before it is whole. */
function endOfLastWholeMember(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  let end: number | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
      continue;
    }
    if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    else if (char === ',' && depth === 1) end = at;
  }
  return end;
}
