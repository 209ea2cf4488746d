/**
 * Progress of a training: a bar on a terminal, otherwise occasional lines.
 *
 * @module
 */
import type { DetectorEvent } from "../../detection/training/detector_events.ts";
import type { StartEvent, TrainEvent } from "../../loop/progress.ts";
import { liveLine } from "../live_line.ts";
import { apCells } from "../detector/ap_table.ts";
import { percent } from "./table.ts";

const BAR_WIDTH = 24;
/** Fraction of the training between two lines where stderr is no terminal. */
const PLAIN_EVERY = 0.1;
/** Maximum number of damaged images listed by name. */
const MAX_NAMED = 10;

/**
 * Creates a progress display on stderr.
 *
 * @returns Callback for the events of a training.
 */
export function progressDisplay(): (event: TrainEvent | DetectorEvent) => void {
  const line = liveLine();
  const now = { recipe: "", shown: 0, pace: 0 };
  return (event) => {
    switch (event.kind) {
      case "start": {
        Object.assign(now, { recipe: event.recipe, shown: event.step / event.iterations, pace: 0 });
        const from = event.step > 0 ? `, resuming from step ${event.step}` : "";
        line.note(
          `${event.recipe}: ${event.network} with ${event.parameters} parameters on ` +
            `${event.dataset}, ${event.iterations} steps of ${event.batch}, ` +
            `${event.precision} on the ${event.backend} backend${from}`,
        );
        for (const message of event.skippedFiles ?? []) line.note(message);
        for (const message of event.warnings ?? []) line.note(`warning: ${message}`);
        for (const message of skippedLines(event.skippedImages ?? [])) line.note(message);
        if (event.selectedOn) line.note(selectionLine(event.selectedOn));
        if (event.transport) line.note(event.transport);
        if (event.weights) line.note(`weights of ${event.weights}`);
        if (event.precisionReason) line.note(`float32 instead of bf16: ${event.precisionReason}`);
        break;
      }
      case "stage":
        line.note(`${now.recipe}: stage ${event.stage}, ${event.stageName}`);
        break;
      case "step": {
        const { step, iterations, loss, stepMs, imagesPerSecond } = event;
        // The time of single steps is noisy, so the estimate uses an exponential moving average.
        now.pace = now.pace === 0 || step < 5 ? stepMs : 0.95 * now.pace + 0.05 * stepMs;
        const fraction = step / iterations;
        const figures = `loss ${loss.toFixed(3)}  ${imagesPerSecond.toFixed(0)} images/s  ` +
          `${clock((iterations - step) * now.pace)} left`;
        if (line.terminal) {
          line.show(`${now.recipe} ${bar(fraction)} ${step}/${iterations}  ${figures}`);
        } else if (fraction >= now.shown + PLAIN_EVERY) {
          now.shown = fraction;
          line.note(`${now.recipe} ${step}/${iterations}  ${figures}`);
        }
        break;
      }
      case "evaluation": {
        const { all, head, medium, tail } = event.evaluation, { best } = event;
        const chosen = best === undefined
          ? ""
          : `  best ${percent(best.accuracy)} at step ${best.step}`;
        line.note(
          `${now.recipe} ${event.step}/${event.iterations}  All ${percent(all)}  Head ${
            percent(head)
          }  Medium ${percent(medium)}  Tail ${percent(tail)}${chosen}`,
        );
        break;
      }
      case "detection": {
        const { boxes, masks } = event.scores;
        line.note(
          `${now.recipe} ${event.step}/${event.iterations}  boxes: ${apCells(boxes)}  ` +
            `masks: ${apCells(masks)}`,
        );
        break;
      }
      case "early stop":
        line.note(
          `${now.recipe} ${event.step}/${event.iterations}  stage ${event.stage}, ` +
            `${event.stageName}, stopped early`,
        );
        break;
      case "end":
        line.end();
        if (event.interrupted) {
          line.note(`${now.recipe} stopped after step ${event.step} of ${event.iterations}`);
        }
    }
  };
}

/** Describes the images by which the best evaluation is chosen. */
function selectionLine({ name, isOther }: NonNullable<StartEvent["selectedOn"]>): string {
  const line = `the best evaluation has the highest mean over classes on ${name}`;
  return isOther ? line : `${line}, since there is no validation set: the accuracies of the ` +
    "same images overstate how good the network is on new ones";
}

/** Lists the first few damaged images, and their number. */
function skippedLines(messages: readonly string[]): string[] {
  if (messages.length === 0) return [];
  const named = messages.slice(0, MAX_NAMED).map((message) => `skipped: ${message}`);
  return [...named, `${messages.length} damaged images were skipped`];
}

function bar(fraction: number): string {
  const done = Math.round(fraction * BAR_WIDTH);
  return `[${"=".repeat(done)}${" ".repeat(BAR_WIDTH - done)}]`;
}

/** Formats milliseconds as `mm:ss`, or as `h:mm:ss` from one hour on. */
function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) =>
    String(part).padStart(2, "0")
  );
  const hours = Math.floor(seconds / 3600);
  return (hours > 0 ? [String(hours), ...parts] : parts).join(":");
}
