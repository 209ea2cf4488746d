/**
 * Curves that grow while a network trains.
 *
 * @module
 */
import type { Metrics } from "../analysis/read_metrics.ts";
import { onSignals } from "../core/on_signals.ts";
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
  /** Log of the steps before, where a training goes on: its curves begin with them. */
  readonly earlier?: Metrics;
}

/** Follows one training. */
export interface LiveTraining {
  /** For {@linkcode TrainOptions.onProgress}. */
  readonly onProgress: (event: TrainEvent) => void;
  /**
   * For {@linkcode TrainOptions.signal}: aborted when the kernel of a notebook is interrupted (■). Until `finish`,
   * an interrupt does no more than that; before and after, it ends the kernel. At a terminal Ctrl-C does what it
   * does otherwise.
   */
  readonly signal: AbortSignal;
  /**
   * Draws the curves a last time, after the training: without it the last steps may be missing, and interrupts
   * go on being held back.
   */
  finish(): Promise<void>;
}

/**
 * Shows loss and accuracy of a training while it runs: in a notebook as one figure that is drawn anew in its
 * place, at a terminal as a line for each evaluation. In a notebook the training can be stopped by interrupting
 * the kernel.
 *
 * @param options Title, time between drawings, what was logged before.
 * @returns What to give to `train`, and to await afterwards.
 *
 * @example
 * ```ts
 * import { train } from "../train/train.ts";
 *
 * const live = liveTraining();
 * const { onProgress, signal } = live;
 * await train({ recipe: "builtin/ce", iterations: 2, batch: 4, onProgress, signal });
 * await live.finish();
 * ```
 */
export function liveTraining(
  { title, every = 1000, earlier }: LiveTrainingOptions = {},
): LiveTraining {
  const kernel = jupyter();
  const controller = new AbortController();
  const unhear = kernel && onSignals(["SIGINT"], () => controller.abort());
  const step: number[] = [], loss: (number | null)[] = [], all: (number | null)[] = [];
  const metrics = { step, columns: { step, loss, all } };
  const show = kernel && inPlace(kernel);
  let name = title ?? "training", drawn = 0;
  let stoppedOf: number | undefined;
  let drawing: Promise<void> | undefined;

  const draw = async (show: InPlace) => {
    drawn = performance.now();
    const figure = await finalCurves(name, metrics, stoppedOf);
    await show(figure[JUPYTER]());
  };
  return {
    signal: controller.signal,
    onProgress(event) {
      if (event.kind === "start") {
        name = title ?? event.recipe;
        // A killed training may have logged more than it goes on from.
        const rows = earlier?.step.filter((step) => step <= event.step).length ?? 0;
        step.push(...earlier?.step.slice(0, rows) ?? []);
        loss.push(...earlier?.columns.loss?.slice(0, rows) ?? []);
        all.push(...earlier?.columns.all?.slice(0, rows) ?? []);
      } else if (event.kind === "step") {
        step.push(event.step);
        loss.push(event.loss);
        all.push(null);
      } else if (event.kind === "evaluation") {
        if (all.length > 0) all[all.length - 1] = event.evaluation.all;
        if (!show) console.log(`${name}: ${standing(metrics)}`);
      } else if (event.kind === "end" && event.interrupted) stoppedOf = event.iterations;
      if (!show || drawing || step.length === 0 || performance.now() - drawn < every) return;
      // A drawing that fails must not end the training: the last one, which is awaited, will tell.
      drawing = draw(show).catch(() => {}).finally(() => drawing = undefined);
    },
    async finish() {
      try {
        await drawing;
        if (!show || step.length === 0) return;
        await draw(show);
        await delivered();
      } finally {
        unhear?.();
      }
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
 * @param stoppedOf Steps of the whole training, where it was stopped before.
 * @returns The figure.
 */
export async function finalCurves(
  name: string,
  metrics: Metrics,
  stoppedOf?: number,
): Promise<Figure> {
  return await trainingCurves({ [name]: metrics }, { subtitle: standing(metrics, stoppedOf) });
}

/** Where a training stands, in a line. */
function standing({ step, columns }: Metrics, stoppedOf?: number): string {
  const last = (name: string) => columns[name]?.findLast((value) => value !== null) ?? null;
  const loss = last("loss"), accuracy = last("all"), done = step.at(-1) ?? 0;
  return (stoppedOf === undefined ? `step ${done}` : `stopped at step ${done} of ${stoppedOf}`) +
    (loss === null ? "" : `, loss ${loss.toFixed(3)}`) +
    (accuracy === null ? "" : `, accuracy ${accuracy.toFixed(1)} % on the test set`);
}
