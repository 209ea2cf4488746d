/**
 * Compositions of modules in sequence, residual blocks, and small modules.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { relu } from "../engine/ops/mod.ts";
import { compose } from "./compose.ts";
import type { Mode, Module } from "./module.ts";

/**
 * Applies modules in sequence.
 *
 * @param parts The modules by name, in order; the names are the first components of their parameters' paths.
 * @param base Module that precedes them, whose parameters keep their paths.
 * @returns The composition.
 * @throws {RangeError} When initialised, if a part has the name of a part of the base.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { linear, sequential } from "@nbn/toolkit/nn";
 *
 * const mlp = sequential({ hidden: linear({ units: 8 }), head: linear({ units: 3 }) });
 * assertEquals(Object.keys(mlp.init(rng(0), [4]).params), ["hidden", "head"]);
 * ```
 */
export function sequential(parts: Readonly<Record<string, Module>>, base?: Module): Module {
  const names = Object.keys(parts);
  return compose({
    base,
    parts,
    init: (modules, inputShape) =>
      names.reduce(
        (shape, name) => modules.part(name, shape),
        modules.base(inputShape).outputShape,
      ),
    apply: (modules, x) => names.reduce((y, name) => modules.part(name, y), modules.base(x)),
  });
}

/**
 * Creates a residual block: relu(main(x) + shortcut(x)).
 *
 * @param main Main branch; its parameters keep their paths.
 * @param shortcut Shortcut branch, whose parameters are stored under `shortcut`; the identity by default.
 * @returns The block.
 */
export function residual(main: Module, shortcut: Module = stateless((x) => x)): Module {
  return compose({
    base: main,
    parts: { shortcut },
    init({ base, part }, inputShape) {
      const { outputShape } = base(inputShape);
      part("shortcut", inputShape);
      return outputShape;
    },
    apply: ({ base, part }, x) => relu(base(x).add(part("shortcut", x))),
  });
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
 * Creates a module whose layers depend on the number of channels of its input.
 *
 * @param build Creates the module for a number of channels.
 * @returns The module, for inputs with any number of channels.
 */
export function forChannels(build: (channels: number) => Module): Module {
  return {
    init: (random, inputShape) => build(inputShape.at(-1)!).init(random, inputShape),
    apply: (params, state, x, mode) => build(x.shape.at(-1)!).apply(params, state, x, mode),
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
