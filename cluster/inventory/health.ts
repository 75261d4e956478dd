// What is wrong with the inventory just now, for the report and the log.

export interface Health {
  set(part: string, problem: string | undefined): void;
  message(): string | undefined;
}

const maxMessage = 1024;

export function createHealth(): Health {
  const problems = new Map<string, string>();
  return {
    set(part, problem) {
      if (problem === undefined) problems.delete(part);
      else problems.set(part, problem);
    },
    message: () => (problems.size === 0 ? undefined : [...problems.values()].join('; ').slice(0, maxMessage)),
  };
}
