import { assertEquals } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { measured } from "../../lib/loop/step_report.ts";

await engine();

Deno.test("measured() orders gradients as parameters, then those of layers with other paths", () => {
  const one = tf.scalar(1);
  const params = { norm: { weight: one, bias: one }, nbn: { magnitude: one } };
  // In the order of the backward pass: from the last layer to the first.
  const gradients = new Map(
    ["custom/bias", "custom/weight", "norm/bias", "norm/weight"].map((path) => [path, one]),
  );
  const names = Object.keys(measured(one, params, gradients));
  assertEquals(names, [
    "loss",
    "magnitude:nbn/magnitude",
    "gradient:norm/weight",
    "gradient:norm/bias",
    "gradient:custom/weight",
    "gradient:custom/bias",
  ]);
});
