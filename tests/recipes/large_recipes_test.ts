/**
 * Recipes of data sets with images on disk.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { recipe } from "../../lib/recipes/mod.ts";

Deno.test("recipes of large data sets have their published network, length and rates", () => {
  const names = {
    "imagenet-lt": "resnext50-32x4d",
    inaturalist2018: "resnet50",
    imagenet: "resnet50",
  };
  const epochs = { "imagenet-lt": 90, inaturalist2018: 200, "places-lt": 30, imagenet: 90 };
  const images = {
    "imagenet-lt": 115_846,
    inaturalist2018: 437_513,
    "places-lt": 62_500,
    imagenet: 1_281_167,
  };
  for (const [dataSet, length] of Object.entries(epochs)) {
    const found = recipe(`${dataSet}/ce+nbn+lr`);
    const expected = Math.ceil(length * images[dataSet as keyof typeof images] / 512);
    assertEquals([found.iterations, found.batch], [expected, 512]);
    assertEquals(found.augment[0].name, "random-resized-crop");
    // Linear scaling: half the batch size, half the learning rate.
    for (const batch of [512, 256]) {
      const { iterations, augment } = found;
      const [{ schedule: rate }] = found.stages({ iterations, batch, counts: [9, 3], augment });
      let peak = 0;
      for (let step = 0; step < found.iterations; step++) peak = Math.max(peak, rate(step));
      assertAlmostEquals(peak, 0.2 * batch / 512, 1e-9);
      assertAlmostEquals(rate(found.iterations - 1), 0, 1e-6);
    }
  }
  for (const [dataSet, name] of Object.entries(names)) {
    assertEquals(recipe(`${dataSet}/ce`).network(4).name, name);
  }
});

Deno.test("another network changes the image preparation", () => {
  const small = recipe("images/ce"), large = recipe("images/ce+lr", { network: "resnet18" });
  assertEquals([small.network(3).name, large.network(3).name], ["resnet32", "resnet18"]);
  assertEquals(small.augment.map(({ name }) => name), ["crop", "flip", "autoaugment", "cutout"]);
  assertEquals(large.augment.map(({ name }) => name), [
    ...["random-resized-crop", "flip", "color-jitter"],
  ]);
  assertEquals(recipe("cifar10-lt/ce", { network: "resnet20" }).augment[0].name, "crop");
});
