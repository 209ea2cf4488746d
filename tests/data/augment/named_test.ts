/**
 * Augmentations by name.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { augmenter } from "../../../lib/data/augment/mod.ts";
import { AUGMENTATION_NAMES, namedAugmentation } from "../../../lib/data/augment/named.ts";
import { recipe } from "../../../lib/recipes/mod.ts";

Deno.test("the recipes' augmentations are registered by name", () => {
  const of = (name: string) => recipe(name).augment;
  assertEquals(of("builtin/ce"), namedAugmentation("crop-flip", 32));
  assertEquals(of("cifar10-lt/ce"), namedAugmentation("autoaugment-cutout", 32));
  assertEquals(of("imagenet-lt/ce"), namedAugmentation("resized-crop-jitter", 224));
});

Deno.test("every named augmentation can be built for small and large images", () => {
  for (const name of AUGMENTATION_NAMES) {
    for (const side of [4, 32, 224]) augmenter(namedAugmentation(name, side), [side, side]);
  }
  assertEquals(namedAugmentation("crop-flip-cutout", 64)[2], { name: "cutout", size: 32 });
  assertEquals(namedAugmentation("none", 32), []);
});
