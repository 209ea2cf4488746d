/**
 * Live training curves.
 *
 * @module
 */
import type { Metrics } from "../analysis/read_metrics.ts";
import { onSignals } from "../core/on_signals.ts";
import type { TrainEvent } from "../loop/progress.ts";
import { JUPYTER } from "./display.ts";
import type { Figure } from "./figure.ts";
import { delivered, jupyter, type Kernel } from "./show.ts";
import { trainingCurves } from "./training_curves.ts";

/** Options of {@linkcode liveTraining}. */
export interface LiveTrainingOptions {
  /**
   * Title of the curves.
   *
   * @default {the name of the recipe}
   */
  readonly title?: string;
  /**
   * Minimum time between two redraws, in milliseconds.
   *
   * @default {1000}
   */
  readonly every?: number;
  /** Log of the earlier steps of a resumed training, with which the curves start. */
  readonly earlier?: Metrics;
}

/** Live display of one training. */
export interface LiveTraining {
  /** Callback for {@linkcode TrainOptions.onProgress}. */
  readonly onProgress: (event: TrainEvent) => void;
  /**
   * Signal for {@linkcode TrainOptions.signal}, aborted when the notebook kernel is interrupted (■). Until `finish`, an
   * interrupt only aborts the signal; before and after, it ends the kernel. At a terminal, Ctrl-C keeps its default
   * effect.
   */
  readonly signal: AbortSignal;
  /**
   * Draws the final curves and restores the default handling of interrupts. Call it after the training: otherwise the
   * last steps may be missing, and interrupts stay overridden.
   */
  finish(): Promise<void>;
}

/**
 * Displays loss and accuracy of a running training: in a notebook as a figure that is updated in place, at a terminal
 * as one line per evaluation. In a notebook, interrupting the kernel stops the training.
 *
 * @param options Title, time between redraws, earlier log.
 * @returns Callback and signal for `train`, and a function to await afterwards.
 *
 * @example
 * ```ts
 * import { liveTraining } from "@nbn/toolkit/plots";
 * import { train } from "@nbn/toolkit/train";
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
        // The log of a killed training may extend beyond the checkpoint that it resumes from.
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
      // A failed redraw must not end the training; `finish` draws once more and throws if that fails.
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

/** Returns a function that updates one output of a notebook in place. */
function inPlace(kernel: Kernel): InPlace {
  const id = crypto.randomUUID();
  let update = false;
  return async (content) => {
    await kernel.display(content, { raw: true, display_id: id, update });
    update = true;
  };
}

/**
 * Draws the final curves of a training, as {@linkcode liveTraining} displays them.
 *
 * @param name Name of the run.
 * @param metrics Its log.
 * @param stoppedOf Planned number of steps, if the training was stopped early.
 * @returns The figure.
 */
export async function finalCurves(
  name: string,
  metrics: Metrics,
  stoppedOf?: number,
): Promise<Figure> {
  return await trainingCurves({ [name]: metrics }, { subtitle: standing(metrics, stoppedOf) });
}

/** Summarises the state of a training in one line. */
function standing({ step, columns }: Metrics, stoppedOf?: number): string {
  const last = (name: string) => columns[name]?.findLast((value) => value !== null) ?? null;
  const loss = last("loss"), accuracy = last("all"), done = step.at(-1) ?? 0;
  return (stoppedOf === undefined ? `step ${done}` : `stopped at step ${done} of ${stoppedOf}`) +
    (loss === null ? "" : `, loss ${loss.toFixed(3)}`) +
    (accuracy === null ? "" : `, accuracy ${accuracy.toFixed(1)} % on the test set`);
}
