/**
 * Sentences on accuracy gains and losses.
 *
 * @module
 */
import { GROUP_NAMES } from "../data/groups.ts";
import type { AccuracyGain } from "../metrics/accuracy_gain.ts";
import { joined, type Prose, prose, signed } from "../plots/prose.ts";

const NAMES = { all: "All", ...GROUP_NAMES };

/**
 * Threshold in percentage points, inclusive, up to which a difference between single short trainings counts as noise.
 */
const NOISE = 2;

/**
 * States the gain in percentage points over all images and per group.
 *
 * @param gain Gain from {@linkcode accuracyGain}.
 * @returns For instance `All +0.8, Head −7.5, Medium +7.7, Tail +4.8`; groups without classes are omitted.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gainSentence } from "@nbn/toolkit/notebooks";
 *
 * const { text } = gainSentence({ all: 0.8, head: -7.46, medium: null, tail: 4.8 });
 * assertEquals(text, "All +0.8, Head −7.5, Tail +4.8");
 * ```
 */
export function gainSentence(gain: AccuracyGain): Prose {
  const known = (Object.keys(NAMES) as (keyof typeof NAMES)[]).filter((group) =>
    gain[group] !== null
  );
  return joined(known.map((group) => prose`${NAMES[group]} ${signed(gain[group])}`), ", ");
}

/**
 * States which methods improve Medium or Tail, and which lose accuracy on Head.
 *
 * @param gains Gains from {@linkcode accuracyGain}, keyed by method name.
 * @returns Two sentences; differences of at most 2 percentage points are ignored.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tradeSentence } from "@nbn/toolkit/notebooks";
 *
 * const cRT = { all: 1, head: -9, medium: 12, tail: 3 }, LWS = { all: 0, head: -1, medium: 1, tail: 2 };
 * assertEquals(
 *   tradeSentence({ cRT, LWS }).text,
 *   'More than 2 points for Medium or Tail: "cRT". More than 2 points from the Head: "cRT".',
 * );
 * ```
 */
export function tradeSentence(gains: Readonly<Record<string, AccuracyGain>>): Prose {
  const named = (fits: (gain: AccuracyGain) => boolean) =>
    Object.entries(gains).filter(([, gain]) => fits(gain)).map(([name]) => `"${name}"`).join(
      ", ",
    ) ||
    "none";
  const giving = named(({ medium, tail }) => Math.max(medium ?? 0, tail ?? 0) > NOISE);
  const taking = named(({ head }) => (head ?? 0) < -NOISE);
  const much = `More than ${NOISE} points`;
  return prose`${much} for Medium or Tail: ${giving}. ${much} from the Head: ${taking}.`;
}
