// Spares the same question about the same thing, asked several times in a row.

/** Many fields and rules look at one event, one after the other, and start from the same part of it. */
export function rememberLast<Thing, Answer>(find: (thing: Thing) => Answer): (thing: Thing) => Answer {
  let last: Thing | undefined;
  let answer: Answer | undefined;
  return (thing) => {
    if (last === undefined || last !== thing) {
      answer = find(thing);
      last = thing;
    }
    return answer as Answer;
  };
}
