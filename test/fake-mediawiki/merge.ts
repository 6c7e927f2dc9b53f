interface Pair {
  readonly mine: number;
  readonly theirs: number;
}

/** Maps each line of `before` to its index in `after`; longest common subsequence. */
function kept(before: readonly string[], after: readonly string[]): (number | null)[] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  const at = (one: number, other: number) => lengths[one]?.[other] ?? 0;
  for (let one = before.length - 1; one >= 0; one -= 1) {
    const row = lengths[one] ?? [];
    for (let other = after.length - 1; other >= 0; other -= 1) {
      row[other] =
        before[one] === after[other]
          ? at(one + 1, other + 1) + 1
          : Math.max(at(one + 1, other), at(one, other + 1));
    }
  }
  let other = 0;
  return before.map((line, one) => {
    while (other < after.length && line !== after[other] && at(one, other + 1) >= at(one + 1, other))
      other += 1;
    if (line !== after[other]) return null;
    other += 1;
    return other - 1;
  });
}

/**
 * Merges two changes of a text line by line, as diff3 does; null if both have changed the same or adjacent lines in
 * different ways.
 */
export function merge(base: string, mine: string, theirs: string): string | null {
  const [old, my, their] = [base, mine, theirs].map((text) => text.split('\n')) as [
    string[],
    string[],
    string[],
  ];
  const [inMine, inTheirs] = [kept(old, my), kept(old, their)];
  const merged: string[] = [];
  let from = 0;
  let last: Pair = { mine: 0, theirs: 0 };
  for (let line = 0; line <= old.length; line += 1) {
    const isEnd = line === old.length;
    const now = { mine: isEnd ? my.length : inMine[line], theirs: isEnd ? their.length : inTheirs[line] };
    if (now.mine == null || now.theirs == null) continue;
    const was = old.slice(from, line).join('\n');
    const [one, other] = [my.slice(last.mine, now.mine), their.slice(last.theirs, now.theirs)];
    const [isMine, isTheirs] = [one.join('\n') !== was, other.join('\n') !== was];
    if (isMine && isTheirs && one.join('\n') !== other.join('\n')) return null;
    merged.push(...(isMine ? one : other), ...(isEnd ? [] : [old[line] ?? '']));
    from = line + 1;
    last = { mine: now.mine + 1, theirs: now.theirs + 1 };
  }
  return merged.join('\n');
}
