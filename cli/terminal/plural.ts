// A count with its noun.

/** `1 alert`, `2 alerts`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
