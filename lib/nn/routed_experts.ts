/**
 * RIDE's routing: an image passes to the next expert only if that may help.
 *
 * @module
 */
import { type Rng, rng as rngOf } from "../core/rng.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { detached, detachedFrom } from "../engine/ops/mod.ts";
import { linear } from "./linear.ts";
import { combineExperts, countExperts, type Opinions } from "./combine_experts.ts";
import type { Network } from "./network.ts";
import { branch } from "./sequential.ts";

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
 * @param network A network of experts, as returned by `ride()`.
 * @param options Inputs of the routers.
 * @returns The network, with its paths unchanged and the new part `router`.
 * @throws {RangeError} If a number is out of its range; when initialised, if the network has no experts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resnetCifar } from "./resnet_cifar.ts";
 * import { ride } from "./ride.ts";
 *
 * const net = routedExperts(ride(resnetCifar, { depth: 8, classes: 10, experts: 2 }));
 * const { params } = net.init(0, [8, 8, 3]);
 * assertEquals(Object.keys(params.router), ["router1", "decision"]);
 * ```
 */
export function routedExperts(
  network: Network,
  { top = 30, scale = 30 }: RoutedExpertsOptions = {},
): Network {
  if (!Number.isSafeInteger(top) || top < 1) {
    throw new RangeError(`Expected top to be an integer of at least 1 but found ${top}`);
  }
  if (!(scale > 0 && scale < Infinity)) {
    throw new RangeError(`Expected scale to be above 0 but found ${scale}`);
  }
  const isRouter = (path: string) => path === "router" || path.startsWith("router/");
  return {
    name: `${network.name}-routed`,
    init(seed, inputShape) {
      const made = network.init(seed, inputShape);
      const count = countExperts(network, made.params);
      const { weight } = branch(branch(made.params, "expert1"), "head");
      const [channels, classes] = weight.shape as number[];
      const random = rngOf(seed).fork("router");
      const router: Params = {};
      for (let i = 1; i < count; i++) {
        router[`router${i}`] = dense(HIDDEN, channels, random.fork(i));
      }
      // An untrained router sends every image through all experts.
      router.decision = {
        weight: tf.zeros([HIDDEN + Math.min(top, classes), 1]),
        bias: tf.ones([1]),
      };
      return { ...made, params: { ...made.params, router } };
    },
    apply(params, state, x, mode) {
      const { router, ...rest } = params;
      const tap = combineExperts(mode.tap, (found) => {
        const decided = decide(router as Params, found, top, scale);
        const routes = mode.tap ? mode.tap("routes", decided) : decided;
        const { logits, used } = follow(found.logits, routes as tf.Tensor2D);
        mode.tap?.("used", used);
        return logits;
      });
      // While only the routers train, the experts' running statistics are frozen.
      const fixed = mode.training && mode.trains?.every(isRouter);
      return network.apply(rest, state, x, fixed ? { training: false, tap } : { ...mode, tap });
    },
  };
}

function dense(units: number, inputs: number, random: Rng): Params {
  return linear({ units }).init(random, [inputs]).params;
}

/** Output of each router, `[batch, experts − 1]`. */
function decide(
  router: Params,
  { logits, embedding }: Opinions,
  top: number,
  scale: number,
): tf.Tensor2D {
  const apply = (name: string, x: tf.Tensor) =>
    linear({ units: 1 }).apply(branch(router, name), {}, x, { training: false }).y;
  const features = tf.split(detached(embedding), logits.length, 1) as tf.Tensor2D[];
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
  return tf.concat(routes, 1) as tf.Tensor2D;
}

/** Mean logits over the experts that each image reaches. */
function follow(logits: readonly tf.Tensor2D[], routes: tf.Tensor2D) {
  const onward = tf.split(routes.greater(0).toFloat(), logits.length - 1, 1);
  let there: tf.Tensor = tf.onesLike(onward[0]), used = there, sum: tf.Tensor = logits[0];
  for (const [i, goes] of onward.entries()) {
    there = there.mul(goes);
    used = used.add(there);
    sum = sum.add(logits[i + 1].mul(there));
  }
  return { logits: sum.div(used), used: used.squeeze([1]) };
}
