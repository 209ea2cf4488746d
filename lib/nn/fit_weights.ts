/**
 * Transfer of weights from one network to another, part by part.
 *
 * @module
 */
import { flatten, type Params, unflatten } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import { isLength, isMagnitude } from "./nbn.ts";
import type { Weights } from "./torchvision.ts";

/** A part that keeps its initial parameters. */
export interface FreshPart {
  /** Its path, for instance `head`. */
  readonly part: string;
  /** Shapes of the first mismatched tensor, in the source and in this network, if both have the part. */
  readonly shapes?: readonly [found: readonly number[], expected: readonly number[]];
}

/** Trees of a network filled with the weights of another one. */
export interface FittedWeights extends Weights {
  /** Number of tensors transferred. */
  readonly loaded: number;
  /** Parts that keep their parameters. */
  readonly fresh: readonly FreshPart[];
  /** Paths of tensors that were not used. */
  readonly leftOver: readonly string[];
}

/** Options of {@linkcode fitWeights}. */
export interface FitWeightsOptions {
  /**
   * Parts that keep their parameters even if there are tensors for them, for instance `["head"]`.
   *
   * @default {[]}
   */
  readonly own?: readonly string[];
}

/** Maximum number of differences listed in an error message. */
const NAMED = 3;

/**
 * Fills a network with the tensors of another one. Each part (`stem`, `stage1`, `head`, the `nbn` magnitudes, and the
 * same parts of each expert) takes all of its tensors or none: a head for other classes keeps its initial parameters,
 * and so does a part that the other network lacks. A mismatch in a stem, a stage or magnitudes is an error, because
 * the weights are those of another architecture.
 *
 * @param found Tensors by path; not disposed.
 * @param like Trees of the network to fill, as returned by `init`; not disposed.
 * @param options Parts that keep their parameters.
 * @returns New trees with the same paths, and the parts that were not filled. NBN's `weightLength` and `biasLength`
 * are transferred too.
 * @throws {RangeError} If a stem, stage or magnitude differs, nothing fits, or there are NBN magnitudes but this
 * network has no NBN.
 *
 * @example A network for 1000 classes becomes one for 12
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { flatten } from "@nbn/toolkit/core";
 * import { fitWeights, resnetCifar } from "@nbn/toolkit/nn";
 *
 * const start = (classes: number) => resnetCifar({ depth: 8, classes }).init(0, [32, 32, 3]);
 * const { params, state } = start(1000);
 * const found = new Map([...flatten(params), ...flatten(state)]);
 * const { fresh } = fitWeights(found, start(12));
 * assertEquals(fresh, [{ part: "head", shapes: [[64, 1000], [64, 12]] }]);
 * ```
 */
export function fitWeights(
  found: ReadonlyMap<string, tf.Tensor>,
  like: Weights,
  { own = [] }: FitWeightsOptions = {},
): FittedWeights {
  const expected = [...flatten(like.params), ...flatten(like.state)];
  const hasKey = expected.some(([path]) => path.startsWith(KEY));
  const partOf = (path: string) => outerPart(hasKey ? withoutKey(path) : path);
  const source = (path: string) => found.get(path) ?? found.get(withoutKey(path));
  const expectedIn = Map.groupBy(expected, ([path]) => partOf(path));
  const foundIn = Map.groupBy([...found.keys()].filter((path) => !isLength(path)), partOf);
  const filled = new Set<string>(), fresh: FreshPart[] = [];
  for (const [part, entries] of expectedIn) {
    const differences = differencesOf(entries, foundIn.get(part) ?? [], source);
    if (!own.includes(part) && differences.length === 0) filled.add(part);
    else if (own.includes(part) || !foundIn.has(part)) fresh.push({ part });
    else if (isBody(part)) throw anotherNetwork(part, differences);
    else fresh.push({ part, shapes: differences.find(({ shapes }) => shapes)?.shapes });
  }
  const leftOver = [...found.keys()].filter((path) => !filled.has(partOf(path)));
  expectUseful(filled, leftOver, expectedIn);
  const isFilled = (path: string) => filled.has(partOf(path));
  const take = (tree: Params) =>
    flatten(tree).map(([path, tensor]) =>
      [path, (isFilled(path) ? source(path)! : tensor).clone()] as const
    );
  const lengths = [...found].filter(([path]) => isLength(path) && isFilled(path))
    .map(([path, tensor]) => [path, tensor.clone()] as const);
  return {
    params: unflatten(take(like.params)),
    state: unflatten([...take(like.state), ...lengths]),
    loaded: expected.filter(([path]) => isFilled(path)).length + lengths.length,
    fresh,
    leftOver,
  };
}

/**
 * Path of the momentum network's parameters in the state of `momentumContrast()`; they are filled as the parameters
 * are.
 */
const KEY = "key/";

function withoutKey(path: string): string {
  return path.startsWith(KEY) ? path.slice(KEY.length) : path;
}

/** Returns the part that a path belongs to. NBN magnitudes are one part, for any value of `share`. */
function outerPart(path: string): string {
  const names = path.split("/"), inExpert = /^expert\d+$/.test(names[0]) && names.length > 2;
  const expert = inExpert ? `${names[0]}/` : "";
  if (isMagnitude(path)) return `${expert}nbn`;
  return expert + names[inExpert ? 1 : 0];
}

/** Whether a part is independent of the classes. Magnitudes that do not fit are shared in another way. */
function isBody(part: string): boolean {
  return /(^|\/)(stem|stage\d+|nbn)$/.test(part);
}

/** A mismatch that prevents a part from being filled. */
interface Difference {
  readonly text: string;
  readonly shapes?: readonly [found: readonly number[], expected: readonly number[]];
}

function differencesOf(
  expected: readonly (readonly [path: string, tensor: tf.Tensor])[],
  paths: readonly string[],
  source: (path: string) => tf.Tensor | undefined,
): Difference[] {
  const differences: Difference[] = [];
  for (const [path, { shape }] of expected) {
    const given = source(path);
    if (!given) differences.push({ text: `${path} is missing` });
    else if (`${given.shape}` !== `${shape}`) {
      const text = `${path} is [${given.shape}] instead of [${shape}]`;
      differences.push({ text, shapes: [given.shape, shape] });
    }
  }
  const known = new Set(expected.map(([path]) => path));
  for (const path of paths) {
    if (!known.has(path)) differences.push({ text: `${path} does not exist in the network` });
  }
  return differences;
}

function anotherNetwork(part: string, differences: readonly Difference[]): RangeError {
  const rest = differences.length - NAMED;
  return new RangeError(
    `Expected weights that fill ${part} but found that ` +
      differences.slice(0, NAMED).map(({ text }) => text).join("; ") +
      (rest > 0 ? `; and ${rest} more` : "") + ": they belong to another network",
  );
}

function expectUseful(
  filled: ReadonlySet<string>,
  leftOver: readonly string[],
  expected: ReadonlyMap<string, unknown>,
): void {
  if (filled.size === 0) {
    throw new RangeError(
      `Expected weights for ${[...expected.keys()].join(", ")} but found ` +
        (leftOver.length > 0 ? `none of them in ${leftOver.slice(0, NAMED).join(", ")}` : "none"),
    );
  }
  const magnitude = leftOver.find((path) => {
    const part = outerPart(path), scope = part.slice(0, -"nbn".length);
    const isBeside = (other: string) => other.startsWith(`${scope}stage`);
    return part === `${scope}nbn` && !expected.has(part) && [...filled].some(isBeside);
  });
  if (magnitude !== undefined) {
    throw new RangeError(
      `Expected a network with NBN for weights with ${magnitude} but found plain norms, ` +
        "which would compute a different function",
    );
  }
}
