/**
 * Comparison of an evaluation set with its training set as text.
 *
 * @module
 */
import { commonImages } from "../../data/common_images.ts";
import { classCounts, type ImageDataset, type Split } from "../../data/dataset.ts";
import { someOf } from "../../data/lists/some_of.ts";
import { pathAt } from "../../data/paths.ts";

/** Result of {@linkcode testReport}. */
export interface TestReport {
  /** The report, line by line. */
  readonly lines: readonly string[];
  /** Evaluation images of each class. */
  readonly counts: readonly number[];
  /** Number of evaluation images that are also in the training set. */
  readonly common: number;
}

/**
 * Reports which set is evaluated on, whether it is balanced, which classes it lacks, and which of its images are also
 * in the training set.
 *
 * @param split Training set and evaluation set.
 * @returns The report and its numbers.
 */
export function testReport({ train, test, evaluatedOn = "test" }: Split): TestReport {
  const name = evaluatedOn === "val" ? "validation" : "test";
  const counts = classCounts(test), images = test.labels.length;
  const min = counts.reduce((a, b) => Math.min(a, b)),
    max = counts.reduce((a, b) => Math.max(a, b));
  const absent = test.classNames.filter((_, label) => counts[label] === 0);
  const common = commonImages(train, test);
  const range = min === max ? `${max} of each class` : `${min} to ${max} of a class`;
  const lines = [
    `${name} set: ${images} images, ${range}` +
    (absent.length === 0 ? "" : `, none of ${someOf(absent)}`),
  ];
  if (common.length > 0) {
    const pairs = common.map(([first, other]) =>
      `${nameOf(test, other)} = ${nameOf(train, first)}`
    );
    lines.push(
      `${common.length} of the ${images} ${name} images are in the training set, too: ${
        someOf(pairs)
      }`,
    );
  }
  return { lines, counts, common: common.length };
}

function nameOf({ images, name }: ImageDataset, image: number): string {
  return images.kind === "files" ? pathAt(images.paths, image) : `image ${image} of ${name}`;
}
