/**
 * Loading data sets whose images are separate files.
 *
 * @module
 */
import type { Split } from "../../data/dataset.ts";
import type { OpenOptions } from "../../data/open.ts";
import { withoutDamaged } from "../../data/without_damaged.ts";
import type { Loaded, LoadOptions } from "../recipe.ts";

/**
 * Opens the files of a data set, removes damaged images if `skipDamaged` is set, and adds to the provenance what is
 * needed to open the same files again.
 *
 * @param options Options of the data set.
 * @param open Opens the files.
 * @param select Selects the images.
 * @returns The data, its provenance, and a line for each skipped image.
 */
export async function loadFiles(
  options: LoadOptions,
  open: (options: OpenOptions) => Promise<Split>,
  select: (split: Split) => Loaded,
): Promise<Loaded> {
  const { split, skippedImages } = await whole(await open(openOptions(options)), options);
  return withSource(select(split), options, skippedImages);
}

/** Options for opening files: all must exist now, unless missing ones are skipped later anyway. */
function openOptions(options: LoadOptions): OpenOptions {
  const { root, test, split, labelsFrom, size, fit, exif, maxPixels, skipDamaged } = options;
  const decoding = { exif, maxPixels }, { validation } = options;
  return {
    ...{ root, test, split, labelsFrom, size, fit, validation },
    ...decoding,
    checkFiles: !skipDamaged,
  };
}

/** Removes damaged images from a split if `skipDamaged` is set. */
async function whole(
  split: Split,
  { skipDamaged }: LoadOptions,
): Promise<{ split: Split; skippedImages?: readonly string[] }> {
  if (!skipDamaged) return { split };
  const train = await withoutDamaged(split.train), test = await withoutDamaged(split.test);
  const validation = split.validation && await withoutDamaged(split.validation);
  return {
    split: {
      ...split,
      train: train.dataset,
      test: test.dataset,
      ...(validation ? { validation: validation.dataset } : {}),
    },
    skippedImages: [train, test, validation].flatMap((set) => set?.skipped ?? []),
  };
}

/** Adds to the provenance what is needed to open the same files again. */
function withSource(
  { split, provenance }: Loaded,
  options: LoadOptions,
  skippedImages?: readonly string[],
): Loaded {
  const { root, test, split: requested, labelsFrom, size, exif, maxPixels, skipDamaged } = options;
  const files = { root, test, split: requested, labelsFrom, size };
  const switches = { exif: exif && 1, maxPixels, skipDamaged: skipDamaged && 1 };
  const set = Object.entries({ ...files, ...switches }).filter(([, value]) => value);
  const source = Object.fromEntries(set) as Loaded["provenance"];
  const count: Loaded["provenance"] = skippedImages ? { leftOut: skippedImages.length } : {};
  return { split, provenance: { ...provenance, ...source, ...count }, skippedImages };
}
