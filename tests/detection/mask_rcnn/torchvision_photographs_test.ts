/**
 * Detections in photographs of CIFAR-10 beside torchvision's Mask R-CNN with the same weights, from the file to boxes in
 * its pixels; by tests/golden/make_mask_rcnn.py.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { disposeTree } from "../../../lib/core/tree.ts";
import { exists } from "../../../lib/core/exists.ts";
import { gunzip } from "../../../lib/data/cifar/gunzip.ts";
import type { Image } from "../../../lib/data/images/image.ts";
import { fromJpeg } from "../../../lib/data/images/jpeg.ts";
import { resize } from "../../../lib/data/resize.ts";
import { readTar } from "../../../lib/deps/tar.ts";
import { canvasOf, collateImages } from "../../../lib/detection/data/collate.ts";
import { prepareImage } from "../../../lib/detection/data/prepared.ts";
import { resultsOf } from "../../../lib/detection/mask_rcnn/results_of.ts";
import golden from "../../golden/mask_rcnn_photographs.json" with { type: "json" };
import { testOnBackends } from "../../backends.ts";
import { assertClose } from "../../train/close.ts";
import { assertDetections, goldenDetector } from "./torchvision.ts";

const ARCHIVE = fileURLToPath(
  new URL("../../../../shared/data/cifar-10-images.tar.gz", import.meta.url),
);

/** The photographs are where the archive begins. */
const FIRST_BYTES = 1 << 20;

/** Reads photographs from the beginning of the archive. */
async function photographs(): Promise<Map<string, Uint8Array>> {
  const packed = await Deno.readFile(ARCHIVE);
  const files = await readTar(gunzip(packed).subarray(0, FIRST_BYTES));
  return new Map(files.flatMap(({ name, data }) => data ? [[name, data] as const] : []));
}

/** The upper left part of an image. */
function part({ pixels, width: all }: Image, height: number, width: number): Image {
  const rows = Array.from(
    { length: height },
    (_, y) => pixels.subarray(3 * y * all, 3 * (y * all + width)),
  );
  return { height, width, pixels: Uint8Array.from(rows.flatMap((row) => [...row])) };
}

const isThere = await exists(ARCHIVE);
const files = isThere ? await photographs() : new Map<string, Uint8Array>();
const note = isThere ? "" : ": skipped, because ../shared/data is not there";

for (const { name, size: [height, width], scale, mean, std, pixels, ...expected } of golden) {
  const title = `in ${name}, ${width}×${height}, it detects what torchvision's detects${note}`;
  if (!isThere) Deno.test({ name: title, ignore: true, fn() {} });
  else {
    testOnBackends(title, async () => {
      const image = part(
        await fromJpeg(new Uint8Array(files.get(name)!)),
        height,
        width,
      );
      const large = resize(image, scale * width, scale * height);
      assertEquals(createHash("sha256").update(large.pixels).digest("hex"), pixels);
      const fit = [scale * Math.max(height, width), scale * Math.min(height, width)] as const;
      const prepared = prepareImage(image, [], { fit, mean, std });
      const canvas = canvasOf([fit], width >= height);
      const batch = collateImages([prepared], { canvas, objects: 1 });
      const network = goldenDetector({ ...expected, depth: 18 });
      const found = await assertDetections(network, batch, expected);
      const shown = { id: 1, height, width, scale: prepared.scale };
      const results = await resultsOf(found, [shown], [0, 1, 2, 3]);
      const corners = results.flatMap(({ bbox }) => {
        const [x, y, across, down] = bbox!;
        return [x, y, x + across, y + down];
      });
      assertClose(corners, expected.boxes, 1e-4);
      disposeTree(batch);
      disposeTree(found);
    }, { only: ["tensorflow"], long: expected.epsilon === 0 ? [] : ["tensorflow"] });
  }
}
