/**
 * A network that is fast to trace and has no batch statistics.
 *
 * @module
 */
import { tf } from "../../lib/deps/tfjs.ts";
import { linear } from "../../lib/nn/linear.ts";
import { network } from "../../lib/nn/network.ts";
import { sequential, stateless } from "../../lib/nn/sequential.ts";

/** Two linear layers over all pixels, for ten classes. */
export const smallNetwork = network(sequential({
  flat: stateless(
    (z) => z.reshape([z.shape[0], -1]),
    (shape) => [shape.reduce((a, b) => a * b, 1)],
  ),
  hidden: linear({ units: 16 }),
  relu: stateless((z) => tf.relu(z)),
  head: linear({ units: 10 }),
}));
