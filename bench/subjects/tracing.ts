/**
 * Benchmarks of the first step of a training: tracing, compiling, loading what was compiled.
 *
 * @module
 */
import { PRECISIONS } from "../../lib/engine/precision.ts";
import { type Case, type Subject, work } from "../subject.ts";
import { STEPS } from "./steps.ts";

const PARTS = ["recording", "first step"] as const;

const TRACED = STEPS.filter(({ name }) => name === "resnet32" || name === "resnet50");

/** Additional time of the first step of a training over a later one, which a changed batch size costs as well. */
export const tracingSubject: Subject = {
  name: "tracing",
  about:
    "tracing a training step; additional time of the first step over later ones, including compilation",
  cases: () =>
    TRACED.flatMap(({ name, options }) =>
      PRECISIONS.flatMap((precision) =>
        PARTS.map((part): Case => ({
          name: `${name}, ${precision}, ${part}`,
          unit: "s",
          ours: work("tracing", { ...options, precision, part }, { fresh: true }),
          peers: [],
          mostRounds: 3,
        }))
      )
    ),
};

/**
 * The same on an accelerator, for which a program is compiled, or loaded if an earlier training has kept it; the batch
 * is small because its size does not matter to that.
 */
export const programsSubject: Subject = {
  name: "programs",
  about: "additional time of the first step on an accelerator, with and without its kept program",
  cases: () =>
    TRACED.slice(0, 1).flatMap(({ name, options }) =>
      (["compiled", "kept"] as const).map((program): Case => ({
        name: `${name}, program ${program}`,
        unit: "s",
        ours: work(
          "first_step",
          { ...options, batch: 8, precision: "float32", program },
          { fresh: true },
        ),
        peers: [],
        mostRounds: 3,
      }))
    ),
};
