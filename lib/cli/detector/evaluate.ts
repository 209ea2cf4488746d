/**
 * Evaluating the run of a detector on the command line.
 *
 * @module
 */
import { evaluateDetector } from "../../detection/runs/evaluate_detector.ts";
import { liveLine } from "../live_line.ts";
import { numberFlag, POSITIVE } from "../numbers.ts";
import { precisionFlag } from "../train/flags.ts";
import { percent } from "../train/table.ts";
import { AP_TITLE, apTable } from "./ap_table.ts";
import { expectNone } from "./expect_none.ts";

/** Flags that only the evaluation of a classifier has. */
const OF_CLASSIFIERS = ["recipe", "split", "imbalance", "groups"];

/**
 * Evaluates a detector and prints its average precision, also of each class.
 *
 * @param path A run folder, or a checkpoint in it.
 * @param flags Flags of `evaluate`.
 * @returns The exit code.
 */
export async function evaluateDetectorOn(
  path: string,
  flags: { readonly [name: string]: string | boolean | undefined },
): Promise<number> {
  expectNone(flags, OF_CLASSIFIERS, "the run of a detector");
  const text = (name: string) => flags[name] as string | undefined, line = liveLine();
  const { results: _, ...evaluated } = await evaluateDetector(path, {
    folder: text("data"),
    root: text("root"),
    test: text("test"),
    batch: numberFlag("batch", text("batch"), POSITIVE),
    precision: precisionFlag(text("precision")),
    onProgress: (done, images) => line.show(`${done} of ${images} images`),
  }).finally(line.end);
  const { checkpoint, recipe, step, scores, categories, images } = evaluated;
  console.log(`${checkpoint}: ${recipe} after ${step} steps, on ${images} images`);
  console.log(AP_TITLE);
  console.log(apTable([{ name: recipe, scores }]));
  const { boxes, masks } = scores, width = Math.max(...categories.map(({ name }) => name.length));
  categories.forEach(({ name }, label) => {
    const [box, mask] = [boxes, masks].map(({ perClass }) => cell(perClass[label]));
    console.log(`  ${name.padEnd(width)}  box ${box}  mask ${mask}`);
  });
  if (flags.json) console.log(JSON.stringify(evaluated));
  return 0;
}

function cell(ap: number | null): string {
  return percent(ap && 100 * ap).padStart(5);
}
