/**
 * Compositions of modules: sequential and residual.
 *
 * @module
 */
import type { Rng } from "../core/rng.ts";
import { isTensor, type Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import { relu } from "../engine/ops/mod.ts";
import type { Initialised, Mode, Module } from "./module.ts";
import { within } from "./within.ts";

/**
 * Applies modules in sequence.
 *
 * @param parts The modules by name, in order; the names are the first components of their parameters' paths.
 * @returns The composition.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "../core/rng.ts";
 * import { linear } from "./linear.ts";
 *
 * const mlp = sequential({ hidden: linear({ units: 8 }), head: linear({ units: 3 }) });
 * assertEquals(Object.keys(mlp.init(rng(0), [4]).params), ["hidden", "head"]);
 * ```
 */
export function sequential(parts: Readonly<Record<string, Module>>): Module {
  const chain = Object.entries(parts);
  return {
    init(rng, inputShape) {
      let shape = [...inputShape];
      const whole: Initialised = { params: {}, state: {}, shared: {}, outputShape: shape };
      for (const [name, part] of chain) {
        shape = addPart(whole, name, part, rng, shape);
      }
      return { ...whole, outputShape: shape };
    },
    apply(params, state, x, mode) {
      const next: Params = {};
      let y = x;
      for (const [name, part] of chain) {
        const result = part.apply(
          branch(params, name),
          branch(state, name),
          y,
          within(mode, name),
        );
        if (Object.keys(result.state).length > 0) next[name] = result.state;
        y = result.y;
      }
      return { y, state: next };
    },
  };
}

/**
 * Creates a residual block: relu(main(x) + shortcut(x)).
 *
 * @param main Main branch; its parameters keep their paths.
 * @param shortcut Shortcut branch, whose parameters are stored under `shortcut`; the identity by default.
 * @returns The block.
 */
export function residual(main: Module, shortcut?: Module): Module {
  return {
    init(rng, inputShape) {
      const whole = main.init(rng, inputShape);
      whole.shared ??= {};
      if (shortcut) addPart(whole, "shortcut", shortcut, rng, inputShape);
      return whole;
    },
    apply(params, state, x, mode) {
      const inner = main.apply(params, state, x, mode);
      const outer = shortcut?.apply(
        branch(params, "shortcut"),
        branch(state, "shortcut"),
        x,
        within(mode, "shortcut"),
      );
      const next = { ...inner.state };
      if (outer && Object.keys(outer.state).length > 0) next.shortcut = outer.state;
      return { y: relu(inner.y.add(outer?.y ?? x)), state: next };
    },
  };
}

/**
 * Creates a module without parameters or state.
 *
 * @param apply From input to output.
 * @param outputShape From the shape of one input to that of one output; by default the same.
 * @returns The module.
 */
export function stateless(
  apply: (x: tf.Tensor) => tf.Tensor,
  outputShape: (inputShape: readonly number[]) => number[] = (shape) => [...shape],
): Module {
  return {
    init: (_rng, inputShape) => ({ params: {}, state: {}, outputShape: outputShape(inputShape) }),
    apply: (_params, _state, x) => ({ y: apply(x), state: {} }),
  };
}

/**
 * Passes a module's output to `mode.tap`, which may read or change it.
 *
 * @param name Name of the feature.
 * @param module The module.
 * @returns The same module, tapped.
 */
export function withTap(name: string, module: Module): Module {
  return {
    init: (rng, inputShape) => module.init(rng, inputShape),
    apply(params, state, x, mode: Mode) {
      const result = module.apply(params, state, x, mode);
      return mode.tap ? { ...result, y: mode.tap(name, result.y) } : result;
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

function addPart(
  whole: Initialised,
  name: string,
  part: Module,
  rng: Rng,
  inputShape: readonly number[],
): number[] {
  const made = part.init(rng.fork(name), inputShape);
  if (Object.keys(made.params).length > 0) whole.params[name] = made.params;
  if (Object.keys(made.state).length > 0) whole.state[name] = made.state;
  merge(whole.shared!, made.shared ?? {});
  return made.outputShape;
}

/** Merges shared parameters; the first of each is kept, the others are disposed. */
function merge(into: Params, from: Params): void {
  for (const [name, node] of Object.entries(from)) {
    const there = into[name];
    if (there === undefined) into[name] = node;
    else if (isTensor(node)) node.dispose();
    else merge(there as Params, node);
  }
}
