/**
 * Benchmark of the limits of the machine.
 *
 * @module
 */
import { PRECISIONS } from "../../lib/engine/precision.ts";
import { type Case, peer, type Subject, work } from "../subject.ts";

/** Rows and columns of the matrices: 54 GFLOP, as in a step of ResNet-32 with batch size 128. */
const SIZE = 3000;

/** Number of floats: far larger than caches, 512 MiB read and written in total. */
const FLOATS = 1 << 26;

/** Lower bounds of every step: matrix products, and passes over memory. */
export const limitsSubject: Subject = {
  name: "limits",
  about: `the bounds of any step: a product of ${SIZE}×${SIZE} matrices, going through memory`,
  cases: () => [
    ...PRECISIONS.map((precision): Case => ({
      name: `product, ${precision}`,
      unit: "s",
      ours: work("limits", { limit: "product", size: SIZE, precision }),
      peers: [peer("limits", { limit: "product", size: SIZE, precision })],
    })),
    {
      name: "reading 268 MB and writing 268 MB",
      unit: "s",
      ours: work("limits", { limit: "memory", size: FLOATS, precision: "float32" }),
      peers: [peer("limits", { limit: "memory", size: FLOATS, precision: "float32" })],
    },
  ],
};
