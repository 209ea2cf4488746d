import { assertRejects } from "@std/assert";
import { estimateMean } from "../../lib/metrics/paired_difference.ts";
import { plots } from "../../lib/plots/mod.ts";
import { assertFigure } from "./assert_figure.ts";

const experiments = {
  "41 passes": { NBN: estimateMean([-2.2, -1.8]), LR: estimateMean([1.5, 2]), "NBN and LR": null },
  "134 passes": { NBN: estimateMean([-0.2]), LR: estimateMean([3, 2.7, 3.1]) },
  paper: { NBN: estimateMean([2]), "NBN and LR": estimateMean([3.5]) },
};

Deno.test("plots.gains", async (t) => await assertFigure(t, await plots.gains(experiments)));

Deno.test("plots.gains() refuses experiments without a gain", async () => {
  await assertRejects(() => plots.gains({}), RangeError, "Expected at least one run");
  await assertRejects(() => plots.gains({ a: { NBN: null } }), RangeError, "at least one gain");
});
