/**
 * RIDE's routing: an image passes to the next expert only if that may help.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { Rng } from "../core/rng.ts";
import { expectTensorAt } from "../core/tensor_rank.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { detached, detachedFrom } from "../engine/ops/mod.ts";
import { combineExperts, countExperts, type ExpertOutputs } from "./combine_experts.ts";
import { branch, compose } from "./compose.ts";
import { linear } from "./linear.ts";
import type { Module } from "./module.ts";
import { type Network, network } from "./network.ts";

/** Options of {@linkcode routedExperts}. */
export interface RoutedExpertsOptions {
  /**
   * Number of the largest mean logits that a router gets, at least 1; all, if there are fewer classes.
   *
   * @default {30, as for CIFAR; 50 otherwise}
   */
  readonly top?: number;
  /**
   * Factor on the logits that routers get: the scale that cosines are trained with.
   *
   * @default {30; for plain logits 1}
   */
  readonly scale?: number;
}

/** Hidden units of a router. */
const HIDDEN = 16;

/**
 * Adds a router after each expert but the last: 16 ReLU units on the expert's embedding, normalised to length 1,
 * concatenated with the largest of the mean logits so far, then one linear unit that all routers share. An image
 * passes to the next expert while the router's output is above 0 (a sigmoid above 0.5), and its logits are the mean
 * over the experts used.
 *
 * Untrained routers send every image through all experts. Once the experts are trained, train the part `router` alone
 * with `expertAssignment()`: the experts are then applied in evaluation mode, and no gradient of the routers reaches
 * them. All experts are computed for every batch, so routing changes the outputs but saves no time.
 *
 * Taps: `routes` `[batch, experts − 1]`, each router's output, and `used` `[batch]`, the number of experts used.
 *
 * Source: Wang et al. 2021, Long-tailed Recognition by Routing Diverse Distribution-Aware Experts, section 3.3;
 * as in its authors' code.
 *
 * @param inner A network of experts, as returned by `ride()`.
 * @param options Inputs of the routers.
 * @returns The network, with its paths unchanged and the new part `router`.
 * @throws {RangeError} If a number is out of its range; when initialised, if the network has no experts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resnetCifar, ride, routedExperts } from "@nbn/toolkit/nn";
 *
 * const net = routedExperts(ride(resnetCifar, { depth: 8, classes: 10, experts: 2 }));
 * const { params } = net.init(0, [8, 8, 3]);
 * assertEquals(Object.keys(params.router), ["router1", "decision"]);
 * ```
 */
export function routedExperts(
  inner: Network,
  { top = 30, scale = 30 }: RoutedExpertsOptions = {},
): Network {
  expectRange("an integer of at least 1", { top });
  expectRange("above 0", { scale });
  const extended = compose({
    base: inner,
    parts: { router: routers(top, scale) },
    init({ base, part }, inputShape) {
      const { params, outputShape } = base(inputShape);
      const experts = countExperts(inner, params);
      const [channels, classes] =
        expectTensorAt(params, "expert1/head/weight", 2, inner.name).shape;
      part("router", { experts, channels, classes });
      return outputShape;
    },
    apply({ base, part }, x, mode) {
      const tap = combineExperts(mode.tap, (found) => {
        const decided = part("router", found);
        const routes = mode.tap ? mode.tap("routes", decided) : decided;
        const { logits, used } = follow(found.logits, routes);
        mode.tap?.("used", used);
        return logits;
      });
      // While only the routers train, the experts' running statistics are frozen.
      const fixed = mode.training && mode.trains?.every(isRouter);
      return base(x, fixed ? { training: false, tap } : { ...mode, tap });
    },
  });
  return network(extended, { name: `${inner.name}-routed` });
}

function isRouter(path: string): boolean {
  return path === "router" || path.startsWith("router/");
}

/** Sizes of what the routers get. */
interface RouterSizes {
  readonly experts: number;
  /** Channels of the embedding of an expert. */
  readonly channels: number;
  readonly classes: number;
}

/** Creates the routers, from the experts' outputs to `[batch, experts − 1]`. */
function routers(top: number, scale: number): Module<ExpertOutputs, RouterSizes> {
  const dense = (units: number, inputs: number, random: Rng) =>
    linear({ units }).init(random, [inputs]).params;
  return {
    init(random, { experts, channels, classes }) {
      const params: Params = {};
      for (let i = 1; i < experts; i++) {
        params[`router${i}`] = dense(HIDDEN, channels, random.fork(i));
      }
      // An untrained router sends every image through all experts.
      params.decision = {
        weight: tf.zeros([HIDDEN + Math.min(top, classes), 1]),
        bias: tf.ones([1]),
      };
      return { params, state: {}, outputShape: [experts - 1] };
    },
    apply(params, _state, { logits, embedding }, mode) {
      const apply = (name: string, x: tf.Tensor) =>
        linear({ units: 1 }).apply(branch(params, name), {}, x, mode).y;
      const features = tf.split(detached(embedding), logits.length, 1);
      let sum: tf.Tensor = tf.zerosLike(logits[0]);
      const routes = logits.slice(0, -1).map((own, i) => {
        sum = sum.add(own);
        const largest = detachedFrom(
          (sum) => tf.topk(sum.mul(scale / (i + 1)), Math.min(top, sum.shape[1]!)).values,
          sum,
        );
        const unit = features[i].div(features[i].square().sum(1, true).sqrt().maximum(1e-12));
        return apply("decision", tf.concat([largest, apply(`router${i + 1}`, unit).relu()], 1));
      });
      return { y: tf.concat(routes, 1), state: {} };
    },
  };
}

/** Mean logits over the experts that each image reaches. */
function follow(logits: readonly tf.Tensor2D[], routes: tf.Tensor) {
  const passes = tf.split(routes.greater(0).toFloat(), logits.length - 1, 1);
  let reached: tf.Tensor = tf.onesLike(passes[0]), used = reached, sum: tf.Tensor = logits[0];
  for (const [i, pass] of passes.entries()) {
    reached = reached.mul(pass);
    used = used.add(reached);
    sum = sum.add(logits[i + 1].mul(reached));
  }
  return { logits: sum.div(used), used: used.squeeze([1]) };
}
