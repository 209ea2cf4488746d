/**
 * Curves that grow while a network trains.
 *
 * @module
 */
import type { Metrics } from "../analysis/read_metrics.ts";
import type { TrainEvent } from "../train/progress.ts";
import { JUPYTER } from "./display.ts";
import type { Figure } from "./figure.ts";
import { delivered, jupyter, type Kernel } from "./show.ts";
import { trainingCurves } from "./training_curves.ts";

/** Options of {@linkcode liveTraining}. */
export interface LiveTrainingOptions {
  /**
   * Name above the curves.
   *
   * @default {the recipe's}
   */
  readonly title?: string;
  /**
   * Milliseconds between two drawings.
   *
   * @default {1000}
   */
  readonly every?: number;
}

/** Follows one training. */
export interface LiveTraining {
  /** For {@linkcode TrainOptions.onProgress}. */
  readonly onProgress: (event: TrainEvent) => void;
  /** Draws the curves a last time, after the training: without it the last steps may be missing. */
  finish(): Promise<void>;
}

/**
 * Shows loss and accuracy of a training while it runs: in a notebook as one figure that is drawn anew in its
 * place, at a terminal as a line for each evaluation.
 *
 * @param options Title, time between drawings.
 * @returns What to give to `train`, and to await afterwards.
 *
 * @example
 * ```ts
 * import { train } from "../train/train.ts";
 *
 * const live = liveTraining();
 * await train({ recipe: "builtin/ce", iterations: 2, batch: 4, onProgress: live.onProgress });
 * await live.finish();
 * ```
 */
export function liveTraining({ title, every = 1000 }: LiveTrainingOptions = {}): LiveTraining {
  const kernel = jupyter();
  const columns = { step: [] as number[], loss: [] as number[], all: [] as (number | null)[] };
  const show = kernel && inPlace(kernel);
  let name = title ?? "training", drawn = 0;
  let drawing: Promise<void> | undefined;

  const draw = async (show: InPlace) => {
    drawn = performance.now();
    const figure = await finalCurves(name, { step: columns.step, columns });
    await show(figure[JUPYTER]());
  };
  return {
    onProgress(event) {
      if (event.kind === "start") name = title ?? event.recipe;
      else if (event.kind === "step") {
        columns.step.push(event.step);
        columns.loss.push(event.loss);
        columns.all.push(null);
      } else if (event.kind === "evaluation") {
        if (columns.all.length > 0) columns.all[columns.all.length - 1] = event.evaluation.all;
        if (!show) console.log(`${name}: ${standing({ step: columns.step, columns })}`);
      }
      if (!show || drawing || columns.step.length === 0 || performance.now() - drawn < every) {
        return;
      }
      // A drawing that fails must not end the training: the last one, which is awaited, will tell.
      drawing = draw(show).catch(() => {}).finally(() => drawing = undefined);
    },
    async finish() {
      await drawing;
      if (!show || columns.step.length === 0) return;
      await draw(show);
      await delivered();
    },
  };
}

type InPlace = (content: Record<string, string>) => Promise<void>;

/** Shows one thing after another in the same place of a notebook. */
function inPlace(kernel: Kernel): InPlace {
  const id = crypto.randomUUID();
  let update = false;
  return async (content) => {
    await kernel.display(content, { raw: true, display_id: id, update });
    update = true;
  };
}

/**
 * The curves that a training ends with, as {@linkcode liveTraining} shows them.
 *
 * @param name Name of the run.
 * @param metrics Its log.
 * @returns The figure.
 */
export async function finalCurves(name: string, metrics: Metrics): Promise<Figure> {
  return await trainingCurves({ [name]: metrics }, { subtitle: standing(metrics) });
}

/** Where a training stands, in a line. */
function standing({ step, columns }: Metrics): string {
  const last = (name: string) => columns[name]?.findLast((value) => value !== null) ?? null;
  const loss = last("loss"), accuracy = last("all");
  return `step ${step.at(-1) ?? 0}` + (loss === null ? "" : `, loss ${loss.toFixed(3)}`) +
    (accuracy === null ? "" : `, accuracy ${accuracy.toFixed(1)} % on the test set`);
}
