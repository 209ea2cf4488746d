/**
 * What the machine can do at most.
 *
 * @module
 */
import { PRECISIONS } from "../peers.ts";
import { type Case, peer, type Subject, work } from "../subject.ts";

/** Rows and columns of the matrices: 54 GFLOP, as in a step of ResNet-32 at batch 128. */
const SIZE = 3000;

/** Floats that are copied: far more than caches hold, 512 MB read and written. */
const FLOATS = 1 << 26;

/** The bounds of every step: products of matrices, and going through memory. */
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
      name: "reading 268 MB, writing as much",
      unit: "s",
      ours: work("limits", { limit: "memory", size: FLOATS, precision: "float32" }),
      peers: [peer("limits", { limit: "memory", size: FLOATS, precision: "float32" })],
    },
  ],
};
