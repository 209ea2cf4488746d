/**
 * Loading the weights of one network into another.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { flatten, type Params, unflatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { fitWeights } from "../../lib/nn/fit_weights.ts";
import {
  logitsRectification,
  momentumContrast,
  nbn,
  type Network,
  resnetCifar,
  ride,
  type Weights,
} from "../../lib/nn/mod.ts";
import { plainNorms, startLengths } from "../../lib/nn/norm_conversion.ts";
import { testOnBackends } from "../backends.ts";
import { assertNear, distance, formulaTensor } from "./formula.ts";

const SHAPE = [8, 8, 3], small = { depth: 8, width: 0.25, shortcut: "B" } as const;

const start = (network: Network, seed = 0): Weights => network.init(seed, SHAPE);
const all = ({ params, state }: Weights) => new Map([...flatten(params), ...flatten(state)]);

/** Weights without values of 0 or 1. */
function formula(network: Network): Map<string, tf.Tensor> {
  return new Map(
    [...all(start(network))].map(([path, { shape }]) => [
      path,
      formulaTensor(path, shape, 0.2, /weight$|variance$/.test(path) ? 0.5 : 0),
    ]),
  );
}

const logits = (network: Network, { params, state }: Weights) =>
  network.apply(params, state, formulaTensor("images", [2, ...SHAPE]), { training: false }).y;

testOnBackends(
  "fitWeights() initialises a head for other classes and missing parameters",
  () => {
    const there = start(resnetCifar({ ...small, classes: 7 }));
    const like = start(
      resnetCifar({ ...small, classes: 3, norm: nbn(), logits: logitsRectification() }),
      1,
    );
    const { params, state, loaded, fresh, leftOver } = fitWeights(all(there), like);
    assertEquals(fresh, [
      { part: "head", shapes: [[16, 7], [16, 3]] },
      { part: "nbn" },
      { part: "lr" },
    ]);
    assertEquals([loaded, leftOver], [45, ["head/weight", "head/bias"]]);
    const found = all({ params, state }), from = all(there), own = all(like);
    assertEquals([...found.keys()].sort(), [...own.keys()].sort());
    for (const [path, tensor] of found) {
      const source = /^(head|nbn|lr)\//.test(path) ? own : from;
      assertEquals(tensor.dataSync(), source.get(path)!.dataSync(), path);
    }
  },
);

testOnBackends(
  "fitWeights() initialises the key network of momentum contrast with the parameters",
  () => {
    const there = start(resnetCifar({ ...small, classes: 7 }));
    const network = momentumContrast(resnetCifar({ ...small, classes: 3 }), { outputs: 4 });
    const { params, state, fresh } = fitWeights(all(there), start(network, 1));
    assertEquals(fresh.map(({ part }) => part), ["head", "projection"]);
    const copies = new Map(flatten(state.key as Params));
    for (const [path, tensor] of flatten(params)) {
      assertEquals(copies.get(path)!.dataSync(), tensor.dataSync(), path);
    }
    const again = fitWeights(all({ params, state }), start(resnetCifar({ ...small, classes: 3 })));
    assertEquals(again.fresh, []);
  },
);

testOnBackends("fitWeights() copies parameters to all experts that share them", () => {
  const there = start(resnetCifar({ ...small, classes: 7 }));
  const like = start(ride(resnetCifar, { ...small, classes: 7, experts: 2 }));
  const { fresh, loaded } = fitWeights(all(there), like);
  assertEquals(loaded, 15);
  assertEquals(fresh.map(({ part }) => part).slice(0, 3), [
    "expert1/stage2",
    "expert1/stage3",
    "expert1/head",
  ]);
});

testOnBackends("fitWeights() throws on weights of other networks", () => {
  const like = start(resnetCifar({ ...small, classes: 3 }));
  const wide = all(start(resnetCifar({ depth: 8, classes: 3 })));
  assertThrows(
    () => fitWeights(wide, like),
    RangeError,
    "that stem/conv/weight is [3,3,3,16] instead of [3,3,3,4]; stem/bn/weight is [16]",
  );
  const missing = all(like);
  missing.delete("stage2/block1/bn1/mean");
  assertThrows(
    () => fitWeights(missing, like),
    RangeError,
    "Expected weights that fill stage2 but found that stage2/block1/bn1/mean is missing: they belong to another network",
  );
  const deep = all(start(resnetCifar({ ...small, depth: 14, classes: 3 })));
  assertThrows(
    () => fitWeights(deep, like),
    RangeError,
    "stage1/block2/conv1/weight does not exist in the network",
  );
  assertThrows(() => fitWeights(new Map([["x", tf.scalar(1)]]), like), RangeError, "none of them");
  const withNbn = all(start(resnetCifar({ ...small, classes: 3, norm: nbn() })));
  assertThrows(() => fitWeights(withNbn, like), RangeError, "weights with nbn/magnitude");
  const shared = start(resnetCifar({ ...small, classes: 3, norm: nbn({ share: "partial" }) }));
  assertThrows(
    () => fitWeights(withNbn, shared),
    RangeError,
    "nbn/magnitude does not exist in the network",
  );
});

for (const share of ["all", "partial", "none"] as const) {
  for (const biasStart of ["smooth", "reference"] as const) {
    testOnBackends(
      `startLengths() preserves a network's outputs: share ${share}, ${biasStart}`,
      () => {
        const plain = resnetCifar({ ...small, classes: 3 });
        const normed = resnetCifar({ ...small, classes: 3, norm: nbn({ share, biasStart }) });
        const from = formula(plain), before = fitWeights(from, start(plain));
        const { params, state } = fitWeights(from, start(normed));
        const lengths = startLengths(normed, { params, state }, SHAPE);
        assertEquals(lengths.size, 4);
        const after = { params, state: unflatten([...flatten(state), ...lengths]) };
        const y = logits(plain, before);
        const expected = { shape: y.shape, data: [...y.dataSync()] };
        assertNear("logits", logits(normed, after), expected);
        assert(distance("logits", logits(normed, { params, state }), expected) > 0.01);
        // The reverse: weights of plain batch norms, which have no magnitudes.
        const back = plainNorms(normed, after, SHAPE);
        assertEquals([...all(back).keys()].sort(), [...from.keys()].sort());
        assertNear("logits", logits(plain, back), expected);
      },
    );
  }
}

for (const bias of ["plain", "zero"] as const) {
  testOnBackends(`plainNorms() keeps what a network computes: bias ${bias}`, () => {
    const normed = resnetCifar({ ...small, classes: 3, norm: nbn({ bias }) });
    const { params, state } = fitWeights(formula(normed), start(normed, 1));
    const plain = resnetCifar({ ...small, classes: 3 });
    const back = plainNorms(normed, { params, state }, SHAPE);
    assertEquals([...all(back).keys()].sort(), [...formula(plain).keys()].sort());
    const y = logits(normed, { params, state });
    assertNear("logits", logits(plain, back), { shape: y.shape, data: [...y.dataSync()] });
    // Lengths stand for the bias only where it is one.
    const lengths = [...startLengths(normed, { params, state }, SHAPE).keys()];
    assertEquals(
      lengths.filter((path) => path.endsWith("biasLength")).length,
      bias === "zero" ? 0 : 2,
    );
  });
}
