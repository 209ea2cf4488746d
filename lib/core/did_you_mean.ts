/**
 * Suggestions for mistyped names.
 *
 * @module
 */

/** Minimum number of characters for a prefix match. */
const MIN_PREFIX = 3;

/**
 * Returns the known name closest to an unknown one: the shortest that has it as a prefix, else the one with the
 * smallest edit distance (insertions, deletions, replacements, swaps of neighbours), which may be at most a third of
 * the length of `found`, but at least 1. Case is ignored; `_` and `-` are equal.
 *
 * @param found The name as typed.
 * @param known The known names.
 * @returns The closest name, the first of ties, or `undefined` if none is close enough.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearestName("bath", ["batch", "data", "size"]), "batch");
 * assertEquals(nearestName("resnext50", ["resnet50", "resnext50-32x4d"]), "resnext50-32x4d");
 * assertEquals(nearestName("nonsense", ["batch", "data", "size"]), undefined);
 * ```
 */
export function nearestName(found: string, known: Iterable<string>): string | undefined {
  const typed = normal(found);
  if (typed === "") return undefined;
  const names = [...known];
  const beginning = typed.length >= MIN_PREFIX
    ? names.filter((name) => normal(name).startsWith(typed)).sort((a, b) => a.length - b.length)[0]
    : undefined;
  let nearest: string | undefined;
  let smallest = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(typed, normal(name));
    // Replacing every character turns any name into any other: that is no similarity.
    if (distance >= smallest || distance >= typed.length) continue;
    nearest = name;
    smallest = distance;
  }
  return smallest === 0 ? nearest : beginning ?? nearest;
}

/**
 * Formats the suggestion for an error message about an unknown name.
 *
 * @param found The name as typed.
 * @param known The known names.
 * @returns ` (did you mean …?)`, to append to the unknown name, or an empty string.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(`"focl"${didYouMean("focl", ["ce", "focal"])}`, '"focl" (did you mean focal?)');
 * assertEquals(didYouMean("nonsense", ["ce", "focal"]), "");
 * ```
 */
export function didYouMean(found: string, known: Iterable<string>): string {
  const nearest = nearestName(found, known);
  return nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
}

function normal(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}

/** Edit distance with insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, last[j] + 1, row[j - 1] + 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}
