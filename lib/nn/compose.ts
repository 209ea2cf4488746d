/**
 * Compositions: modules that consist of other modules.
 *
 * @module
 */
import { isTensor, type Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import type { Initialised, Mode, Module } from "./module.ts";
import { within } from "./within.ts";

/** Modules by name, with any inputs. */
export type Parts = Readonly<Record<string, Module<never, never>>>;

/** What a module is applied to. */
export type InputOf<Part> = Part extends Module<infer Input, infer _Sizes> ? Input : never;
/** Sizes with which a module is initialised. */
export type SizesOf<Part> = Part extends Module<infer _Input, infer Sizes> ? Sizes : never;

/** Access to a composition's modules while it is initialised. */
export interface InitialisedParts<Named extends Parts> {
  /**
   * Initialises the base.
   *
   * @param inputShape Shape of one input.
   * @returns Parameters, state and output shape of the base.
   */
  base(inputShape: readonly number[]): Initialised;
  /**
   * Initialises a part.
   *
   * @param name Name of the part.
   * @param sizes Sizes of one input, in general its shape.
   * @returns Shape of one output.
   */
  part<Name extends keyof Named & string>(name: Name, sizes: SizesOf<Named[Name]>): number[];
}

/** Access to a composition's modules while it is applied. */
export interface AppliedParts<Named extends Parts> {
  /** Parameters of the whole composition. */
  readonly params: Params;
  /** State of the whole composition before the batch. */
  readonly state: Params;
  /**
   * Applies the base.
   *
   * @param x Its input.
   * @param mode Its mode, by default that of the composition.
   * @returns Its output.
   */
  base(x: tf.Tensor, mode?: Mode): tf.Tensor;
  /**
   * Applies a part. A part that is not applied keeps its state.
   *
   * @param name Name of the part.
   * @param x Its input.
   * @returns Its output.
   */
  part<Name extends keyof Named & string>(name: Name, x: InputOf<Named[Name]>): tf.Tensor;
}

/** Description of a composition. */
export interface Composition<Named extends Parts> {
  /**
   * Module that the composition extends: its parameters and state keep their paths.
   *
   * @default {the identity}
   */
  readonly base?: Module;
  /** The other modules; their names are the first components of the paths of their parameters and state. */
  readonly parts: Named;
  /**
   * Initialises the modules, in the order in which shapes become known.
   *
   * @param modules The modules.
   * @param inputShape Shape of one input.
   * @returns Shape of one output.
   */
  init(modules: InitialisedParts<Named>, inputShape: readonly number[]): number[];
  /**
   * Computes the output. Parameters, states and modes of the modules are passed on by `modules`.
   *
   * @param modules The modules.
   * @param x Input, the batch first.
   * @param mode Mode of the composition.
   * @returns The output.
   */
  apply(modules: AppliedParts<Named>, x: tf.Tensor, mode: Mode): tf.Tensor;
}

const IDENTITY: Module = {
  init: (_random, inputShape) => ({ params: {}, state: {}, outputShape: [...inputShape] }),
  apply: (_params, _state, x) => ({ y: x, state: {} }),
};

/**
 * Creates a module from other modules: collects their parameters, their states and the parameters they share, and
 * passes each its own. `sequential`, `residual` and the methods that extend networks are compositions.
 *
 * @param composition The modules, and how they are connected.
 * @returns The module.
 * @throws {RangeError} When initialised, if a part has the name of a part of the base.
 *
 * @example Two branches whose outputs are added
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { compose, linear } from "@nbn/toolkit/nn";
 *
 * const sum = compose({
 *   parts: { left: linear({ units: 2 }), right: linear({ units: 2 }) },
 *   init({ part }, inputShape) {
 *     part("left", inputShape);
 *     return part("right", inputShape);
 *   },
 *   apply: ({ part }, x) => part("left", x).add(part("right", x)),
 * });
 * assertEquals(Object.keys(sum.init(rng(0), [3]).params), ["left", "right"]);
 * ```
 */
export function compose<Named extends Parts>(
  { base = IDENTITY, parts, init, apply }: Composition<Named>,
): Module {
  const modules = parts as Readonly<Record<string, Module<unknown, unknown>>>;
  return {
    init(random, inputShape) {
      const whole = { params: {} as Params, state: {} as Params, shared: {} as Params };
      const outputShape = init({
        base(shape) {
          const made = base.init(random, shape);
          expectOtherNames(Object.keys(parts), made);
          Object.assign(whole.params, made.params);
          Object.assign(whole.state, made.state);
          merge(whole.shared, made.shared);
          return made;
        },
        part(name, sizes) {
          const made = modules[name].init(random.fork(name), sizes);
          storeUnder(whole.params, name, made.params);
          storeUnder(whole.state, name, made.state);
          merge(whole.shared, made.shared);
          return made.outputShape;
        },
      }, inputShape);
      return { ...whole, outputShape };
    },
    apply(params, state, x, mode) {
      const next: Params = {}, states = new Map<string, Params>();
      const y = apply(
        {
          params,
          state,
          base(x, own = mode) {
            const result = base.apply(params, state, x, own);
            Object.assign(next, result.state);
            return result.y;
          },
          part(name, x) {
            const before = states.get(name) ?? branch(state, name);
            const result = modules[name].apply(branch(params, name), before, x, within(mode, name));
            states.set(name, result.state);
            return result.y;
          },
        },
        x,
        mode,
      );
      for (const name of Object.keys(parts)) {
        storeUnder(next, name, states.get(name) ?? branch(state, name));
      }
      return { y, state: next };
    },
  };
}

/**
 * Returns the subtree of a part.
 *
 * @param tree Parameters or state of a composition.
 * @param name Name of the part.
 * @returns The subtree, empty if there is none.
 */
export function branch(tree: Params, name: string): Params {
  const child = tree[name];
  return child === undefined || isTensor(child) ? {} : child;
}

/** Stores a subtree under a name, unless it is empty. */
function storeUnder(tree: Params, name: string, subtree: Params): void {
  if (Object.keys(subtree).length > 0) tree[name] = subtree;
}

/** Merges shared parameters; the first of each is kept, the others are disposed. */
function merge(into: Params, from: Params = {}): void {
  for (const [name, node] of Object.entries(from)) {
    const known = into[name];
    if (known === undefined) into[name] = node;
    else if (isTensor(node)) node.dispose();
    else merge(known as Params, node);
  }
}

function expectOtherNames(names: readonly string[], { params, state }: Initialised): void {
  const twice = names.find((name) => Object.hasOwn(params, name) || Object.hasOwn(state, name));
  if (twice === undefined) return;
  throw new RangeError(
    `Expected the name of a new part to differ from those of the network but found a second ${twice}: rename it`,
  );
}
