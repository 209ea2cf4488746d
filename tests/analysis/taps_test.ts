import { assertEquals } from "@std/assert";
import { unknownTap } from "../../lib/analysis/taps.ts";
import { resnetCifar } from "../../lib/nn/mod.ts";

Deno.test("unknownTap() suggests the nearest tap name", () => {
  const network = resnetCifar({ depth: 8, classes: 10 });
  assertEquals(
    unknownTap("stage1/blok1", network, ["stem", "stage1/block1", "embedding"]).message,
    'Expected a tap of resnet8 (stem, stage1/block1, embedding) but found "stage1/blok1" ' +
      "(did you mean stage1/block1?)",
  );
});
