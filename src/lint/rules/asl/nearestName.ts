/**
 * The one name that a mistyped one was probably meant to be: at most a quarter of its letters differ, case aside.
 * Undefined where none or several are that near.
 */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: { readonly name: string; readonly distance: number } | undefined;
  let isTied = false;
  for (const name of names) {
    const distance = distanceOf(wanted, name.toLowerCase());
    if (distance > Math.max(1, Math.floor(word.length / 4))) continue;
    if (best !== undefined && distance >= best.distance) {
      isTied ||= distance === best.distance;
      continue;
    }
    best = { name, distance };
    isTied = false;
  }
  return isTied ? undefined : best?.name;
}

/** Letters that must be added, dropped or changed; two swapped ones count once. */
function distanceOf(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a.charAt(i - 1) === b.charAt(j - 1);
      let least = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (isSame ? 0 : 1));
      const isSwap = a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1);
      if (i > 1 && j > 1 && isSwap) least = Math.min(least, at(before, j - 2) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
