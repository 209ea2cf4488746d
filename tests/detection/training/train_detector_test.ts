/**
 * Training a detector: logs, checkpoints, resuming.
 *
 * @module
 */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { parse } from "@std/csv";
import { loadCheckpoint, saveCheckpoint } from "../../../lib/checkpoints/checkpoint.ts";
import { freeTrees, TREES } from "../../../lib/checkpoints/trees.ts";
import { CheckpointError, DataError, UsageError } from "../../../lib/core/errors.ts";
import { disposeTree, flatten, type Params } from "../../../lib/core/tree.ts";
import { sha256 } from "../../../lib/data/digest.ts";
import { detectorTrainOptions } from "../../../lib/detection/training/detector_options.ts";
import type { DetectorTrainOptions } from "../../../lib/detection/training/detector_options.ts";
import { detectorPlan } from "../../../lib/detection/training/detector_plan.ts";
import { freeDetector, startDetector } from "../../../lib/detection/training/detector_state.ts";
import { detectorStep } from "../../../lib/detection/mask_rcnn/training_step.ts";
import { resnetTrunk } from "../../../lib/nn/resnet.ts";
import { trainDetector } from "../../../lib/detection/training/train_detector.ts";
import { engine } from "../../../lib/engine/engine.ts";
import { inFolder } from "../../in_folder.ts";

const { backend } = await engine();

const OPTIONS = { recipe: "builtin-lvis/mask-rcnn+seesaw+nbn", iterations: 8, batch: 1, seed: 3 };

/** Trains up to a step, without the evaluation at the end. */
async function trainTo(step: number, options: Partial<DetectorTrainOptions>): Promise<void> {
  const stop = new AbortController();
  const { iterations, scores } = await trainDetector({
    ...OPTIONS,
    ...options,
    signal: stop.signal,
    onProgress: (event) => {
      if (event.kind === "step" && event.step === step) stop.abort();
    },
  });
  assertEquals([iterations, scores], [step, null]);
}

/** The digest of every tensor of a checkpoint. */
async function tensorsIn(path: string): Promise<Record<string, string>> {
  const checkpoint = await loadCheckpoint(path);
  const digests = TREES.flatMap((tree) =>
    flatten(checkpoint[tree] ?? {}).map(([name, tensor]) =>
      [`${tree}/${name}`, sha256(new Uint8Array(tensor.dataSync().slice().buffer))] as const
    )
  );
  freeTrees(checkpoint);
  return Object.fromEntries(digests);
}

Deno.test({
  name: "a detector's training that was stopped resumes to the same tensors, bit for bit",
  ignore: backend !== "tensorflow",
  fn: () =>
    inFolder(async (folder) => {
      const [whole, stopped] = ["whole", "stopped"].map((name) => `${folder}/${name}`);
      await trainTo(3, { out: whole });
      await trainTo(1, { out: stopped });
      await trainTo(3, { out: stopped, resume: true });
      const [expected, found] = await Promise.all(
        [whole, stopped].map((out) => tensorsIn(`${out}/checkpoint-3.safetensors`)),
      );
      assertEquals(found, expected);
      assert("loss/counts" in expected && "params/backbone/nbn/magnitude" in expected);
      const rows = parse(await Deno.readTextFile(`${stopped}/metrics.csv`), { skipFirstRow: true });
      assertEquals(rows.map(({ step }) => step), ["1", "2", "3"]);
      const { loss, objectness, anchors, classes, boxes, masks } = rows[2];
      const parts = [objectness, anchors, classes, boxes, masks].map(Number);
      const sum = parts.reduce((sum, part) => sum + part, 0);
      assert(Math.abs(sum - Number(loss)) < 1e-4 * sum);
      assert(Number(rows[2]["magnitude:backbone/nbn/magnitude"]) > 0);

      await assertRejects(
        () => trainDetector({ ...OPTIONS, batch: 2, out: whole, resume: true }),
        UsageError,
        "Expected batch to be 1",
      );
      await assertRejects(
        () => trainDetector({ ...OPTIONS, out: whole }),
        UsageError,
        "to hold no run but found one",
      );
    }),
});

Deno.test("a backbone is loaded from weights, and NBN then keeps the lengths of its vectors", () =>
  inFolder(async (folder) => {
    const file = `${folder}/backbone.safetensors`;
    const { params, state } = resnetTrunk({ depth: 18, width: 0.25 }).init(5, [64, 64, 3]);
    const about = { network: "resnet18", step: 1, seed: 5, position: 0, optimizer: {} };
    await saveCheckpoint(file, { ...about, params, state });
    const plan = await detectorPlan({ ...OPTIONS, weights: file });
    const step = detectorStep(plan.detector, plan);
    const { state: started, summary } = await startDetector(plan, step);
    assertStringIncludes(summary!, "new: nbn");
    const { training } = started, weight = "stage4/block2/bn2/weight";
    const at = (tree: Params, path: string) => new Map(flatten(tree)).get(path)!.dataSync();
    assertEquals(at(training.params.backbone as Params, weight), at(params, weight));
    const length = at(training.state.backbone as Params, "stage4/block2/bn2/weightLength");
    assertAlmostEquals(length[0], Math.hypot(...at(params, weight)), 1e-3);
    freeDetector(training);
    for (const tree of [params, state]) disposeTree(tree);
    step.dispose();
  }));

Deno.test("a detector's training refuses what does not apply, before it writes anything", () =>
  inFolder(async (folder) => {
    const out = `${folder}/run`, lvis = "lvis/mask-rcnn+ce";
    const cases: [Partial<DetectorTrainOptions>, new (message: string) => Error, string][] = [
      [{ data: { folder } }, UsageError, "Expected no --data"],
      [{ batch: 0 }, RangeError, "batch"],
      [{ lr: -1 }, RangeError, "lr"],
      [{ recipe: lvis, data: { folder } }, UsageError, "Expected --weights"],
      [{ recipe: lvis, weights: "w" }, UsageError, "Expected --data with"],
      [{ recipe: lvis, weights: "w", data: { folder } }, DataError, "lvis_v1_train.json"],
      [
        { recipe: lvis, weights: "w", data: { folder: "train.json" } },
        UsageError,
        "Expected --test",
      ],
      [{ weights: `${folder}/none` }, CheckpointError, "none"],
    ];
    for (const [options, type, words] of cases) {
      await assertRejects(() => trainDetector({ ...OPTIONS, ...options, out }), type, words);
    }
    for (const setting of [{ width: 2 }, { freeze: ["stem"] }, { keepBest: true }]) {
      assertEquals(refusal(setting), `Expected no --${FLAGS[Object.keys(setting)[0]]}`);
    }
  }));

const FLAGS: Readonly<Record<string, string>> = {
  width: "width",
  freeze: "freeze",
  keepBest: "keep-best",
};

function refusal(settings: Parameters<typeof detectorTrainOptions>[0]): string {
  try {
    detectorTrainOptions(settings, OPTIONS.recipe);
  } catch (error) {
    return (error as Error).message.split(" ").slice(0, 3).join(" ");
  }
  return "no refusal";
}
