/**
 * Composes an optimizer from links.
 *
 * @module
 */
import { flatten, isTensor, type Params, unflatten } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { type Traced, traced, type TracedOptions } from "../engine/traced.ts";
import { expectTensor, type Optimizer } from "./optimizer.ts";
import type { ElementwiseTransform, GradientTransform, Transform } from "./transform.ts";

/** Options of {@linkcode chain}. */
export interface ChainOptions {
  /**
   * Name in `config.json` and in profiles.
   *
   * @default {"chain"}
   */
  readonly name?: string;
  /**
   * Factor on the learning rate of a parameter, by path; above 0.
   *
   * @default {1}
   */
  readonly rate?: (path: string) => number;
  /**
   * Whether the elementwise links are fused into one loop, so that memory is traversed once: always, or only for
   * parameters large enough to repay the compilation.
   *
   * @default {"large"}
   */
  readonly xla?: TracedOptions["xla"];
}

/** A parameter before a step, with its gradient and optimizer state. */
type Before = {
  rate: tf.Tensor;
  value: tf.Tensor;
  gradient: tf.Tensor;
  slots: Record<string, tf.Tensor>;
  common: Params;
};

/** A parameter after a step, with its new state. */
type After = { value: tf.Tensor; slots: Record<string, tf.Tensor> };

/**
 * Composes an optimizer from links that are applied in order: first those that change the whole gradient, then those
 * that change the step of each parameter. Finally the step is subtracted from the parameter. The elementwise links are
 * compiled together, so that a chain is as fast as an optimizer written in one piece.
 *
 * The state holds `<slot>/<path>` for each slot of a link and parameter, and the common state of the links by its name.
 *
 * @param transforms The links; the last one is usually {@linkcode scaleByRate}.
 * @param options Name, learning rate factors, compiler.
 * @returns The optimizer.
 * @throws {TypeError} If a link that changes the whole gradient follows an elementwise one, or two links have the same
 * slot.
 *
 * @example SGD with clipped gradients and Nesterov momentum
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { chain, clipByNorm, momentum, scaleByRate } from "@nbn/toolkit/optim";
 *
 * await engine();
 * const { init, update } = chain([clipByNorm(1), momentum(0.9, { nesterov: true }), scaleByRate()]);
 * const start = { x: tf.scalar(1) };
 * const { params } = update(start, { x: tf.scalar(50) }, init(start), tf.scalar(0.1));
 * assertAlmostEquals((params.x as tf.Tensor).dataSync()[0], 1 - 0.1 * 1.9, 1e-6);
 * ```
 */
export function chain(
  transforms: readonly Transform[],
  { name = "chain", rate, xla = "large" }: ChainOptions = {},
): Optimizer {
  const whole = transforms.filter((link) => link.kind === "gradient");
  const links = transforms.filter((link) => link.kind === "elementwise");
  expectOrder(transforms, whole);
  expectDistinctSlots(links);
  const linksAt = (path: string) => links.filter(({ applies }) => applies?.(path) ?? true);
  const slotsAt = (path: string) => linksAt(path).flatMap(({ slots = [] }) => slots);
  const fused = fusedLinks(links, { name, xla });
  const common = links.flatMap(({ common }) => common ?? []);
  const stateOf = (
    paths: readonly string[],
    tensorAt: (path: string, slot: string) => tf.Tensor,
    commonState: Params,
  ): Params => {
    const trees = links.flatMap(({ slots = [] }) => slots).map((slot) => {
      const own = paths.filter((path) => slotsAt(path).includes(slot));
      return [slot, unflatten(own.map((path) => [path, tensorAt(path, slot)] as const))] as const;
    });
    return { ...Object.fromEntries(trees), ...commonState };
  };
  return {
    description: Object.assign({ name }, ...transforms.map(({ description }) => description)),
    init(params) {
      const tensors = new Map(flatten(params));
      return stateOf(
        [...tensors.keys()],
        (path) => tf.zerosLike(tensors.get(path)!),
        Object.fromEntries(common.map(({ name, init }) => [name, init()])),
      );
    },
    update(params, gradients, state, learningRate) {
      const found = new Map(flatten(whole.reduce((tree, { apply }) => apply(tree), gradients)));
      const old = new Map(flatten(state));
      const newCommon = Object.fromEntries(
        common.map(({ name, update }) => [name, update(branch(state, name))]),
      );
      const next = new Map<string, After>();
      for (const [path, value] of flatten(params)) {
        const gradient = expectTensor(found.get(path), "gradient", path);
        const slots = Object.fromEntries(
          slotsAt(path).map((slot) => [slot, expectTensor(old.get(`${slot}/${path}`), slot, path)]),
        );
        const factor = rate?.(path) ?? 1;
        const ownRate = factor === 1 ? learningRate : learningRate.mul(factor);
        const before = { rate: ownRate, value, gradient, slots, common: newCommon };
        next.set(path, fused(linksAt(path)).nested(before));
      }
      return {
        params: unflatten([...next].map(([path, { value }]) => [path, value] as const)),
        state: stateOf([...next.keys()], (path, slot) => next.get(path)!.slots[slot], newCommon),
      };
    },
  };
}

/** Returns the traced composition of some of the links, one for each combination. */
function fusedLinks(
  links: readonly ElementwiseTransform[],
  options: TracedOptions,
): (own: readonly ElementwiseTransform[]) => Traced<[Before], After> {
  const known = new Map<string, Traced<[Before], After>>();
  return (own) => {
    const key = own.map((link) => links.indexOf(link)).join();
    if (!known.has(key)) known.set(key, traced((before) => applied(own, before), options));
    return known.get(key)!;
  };
}

/** Applies elementwise links to a parameter. */
function applied(links: readonly ElementwiseTransform[], before: Before): After {
  const { rate, slots, common } = before;
  let parameter = { value: before.value, step: before.gradient };
  const changed: Record<string, tf.Tensor> = {};
  for (const link of links) {
    const { slots: own, ...next } = link.apply(parameter, { rate, slots, common });
    parameter = next;
    Object.assign(changed, own);
  }
  return { value: parameter.value.sub(parameter.step), slots: changed };
}

function branch(state: Params, name: string): Params {
  const found = state[name];
  if (found && !isTensor(found)) return found;
  throw new RangeError(
    `Expected ${name} in the optimizer's state but found none: the trees must have the same paths`,
  );
}

function expectOrder(
  transforms: readonly Transform[],
  whole: readonly GradientTransform[],
): void {
  const late = whole.find((link, i) => transforms[i] !== link);
  if (!late) return;
  const [name] = Object.keys(late.description);
  throw new TypeError(
    `Expected ${name} before the elementwise links of an optimizer but found it after them: ` +
      "move it to the front",
  );
}

function expectDistinctSlots(links: readonly ElementwiseTransform[]): void {
  const names = links.flatMap((
    { slots = [], common },
  ) => [...slots, ...common ? [common.name] : []]);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new TypeError(`Expected one link with the state ${twice} but found two: remove one`);
}
