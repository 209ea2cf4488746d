/**
 * A worker thread that imports the toolkit, trains, and posts the loss: see at_once_test.ts.
 *
 * @module
 */
import { crossEntropy, train } from "../../mod.ts";
import { smallImages } from "./small_images.ts";
import { smallNetwork } from "./small_network.ts";

const data = smallImages({ side: 8, max: 20, imbalance: 10 });
const { loss } = await train({
  data,
  network: smallNetwork,
  loss: crossEntropy(),
  batch: 4,
  iterations: 3,
  seed: 1,
});
(globalThis as unknown as { postMessage(loss: number): void }).postMessage(loss);
