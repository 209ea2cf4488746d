/**
 * Detection recipes by name.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../lib/core/errors.ts";
import { disposeTree, flatten } from "../../../lib/core/tree.ts";
import {
  detectionRecipe,
  isDetectionRecipe,
} from "../../../lib/detection/recipes/detection_recipe.ts";
import { listDetectionRecipes } from "../../../lib/detection/recipes/list.ts";
import { listRecipes } from "../../../lib/recipes/list.ts";
import { testOnBackends } from "../../backends.ts";

const SHARES = [0.9, 0.3, 0.2, 0.01];

Deno.test("detection recipes are told from classification recipes", () => {
  assertEquals(isDetectionRecipe("lvis/mask-rcnn+ce"), true);
  assertEquals(listRecipes().some(({ name }) => isDetectionRecipe(name)), false);
});

Deno.test("the list of detection recipes has the rows of Table XIV", () => {
  const rows = listDetectionRecipes().filter(({ row }) => row !== "–");
  assertEquals(rows.map(({ name, row }) => [name, row]), [
    ["lvis/mask-rcnn+ce", "Table XIV, Cross Entropy"],
    ["lvis/mask-rcnn+ce+nbn", "Table XIV, Cross Entropy + NBN"],
    ["lvis/mask-rcnn+eql", "Table XIV, EQL"],
    ["lvis/mask-rcnn+seesaw", "Table XIV, Seesaw"],
    ["lvis/mask-rcnn+seesaw+nbn", "Table XIV, Seesaw + NBN"],
  ]);
});

Deno.test("tokens of detection recipes stand in any order", () => {
  const [one, other] = ["mask-rcnn+seesaw+nbn+repeat-factor", "repeat-factor+nbn+seesaw+mask-rcnn"]
    .map((method) => detectionRecipe(`lvis/${method}`));
  assertEquals(one.about, other.about);
  assertEquals(one.repeat, { threshold: 0.001, rounding: "random" });
  assertEquals(detectionRecipe("lvis/mask-rcnn+ce").repeat, undefined);
});

Deno.test("unusable names of detection recipes are refused with the reason", () => {
  const cases = [
    ["lvsi/mask-rcnn+ce", 'found "lvsi" (did you mean lvis?)'],
    ["lvis", 'found ""'],
    ["lvis/mask-rcnn", "one loss of regions, ce or eql or seesaw, but found none"],
    ["lvis/ce", "one detector, mask-rcnn, but found none"],
    ["lvis/mask-rcnn+ce+eql", "but found ce and eql"],
    ["lvis/mask-rcnn+ce+nbn+nbn", "but found nbn and nbn"],
    ["lvis/mask-rcnn+focal", 'found "focal"'],
    ["lvis/mask-rcnn+ce/x", 'found "ce/x"'],
  ];
  for (const [name, words] of cases) {
    assertThrows(() => detectionRecipe(name), UsageError, words);
  }
});

testOnBackends("each loss has its logits, and NBN one magnitude in the backbone", () => {
  const outputs = { ce: 5, eql: 4, seesaw: 6 };
  for (const [loss, logits] of Object.entries(outputs)) {
    const { detector } = detectionRecipe(`builtin-lvis/mask-rcnn+${loss}`).build(SHARES);
    assertEquals([detector.loss.classes, detector.loss.logits], [4, logits]);
  }
  const magnitudes = ["mask-rcnn+ce", "mask-rcnn+ce+nbn"].map((method) => {
    const { params, state } = detectionRecipe(`builtin-lvis/${method}`).build(SHARES).detector.init(
      0,
    );
    const paths = flatten(params).map(([path]) => path);
    for (const tree of [params, state]) disposeTree(tree);
    return paths.filter((path) => path.includes("magnitude"));
  });
  assertEquals(magnitudes, [[], ["backbone/nbn/magnitude"]]);
}, { only: ["tensorflow"] });

Deno.test("EQL spares the rare and common classes of the built-in scenes", () => {
  const { threshold } = detectionRecipe("builtin-lvis/mask-rcnn+eql").dataSet;
  // Of 400 images: 104 show the rarest frequent class, 67 the most common of the common ones.
  assert(67 / 400 < threshold && threshold <= 104 / 400);
});
