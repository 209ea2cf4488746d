/**
 * Benchmark of tracing.
 *
 * @module
 */
import { PRECISIONS } from "../../lib/engine/precision.ts";
import { type Case, type Subject, work } from "../subject.ts";
import { STEPS } from "./steps.ts";

const PARTS = ["recording", "first step"] as const;

/** Additional time of the first step of a training over a later one, which a changed batch size costs as well. */
export const tracingSubject: Subject = {
  name: "tracing",
  about:
    "tracing a training step; additional time of the first step over later ones, including compilation",
  cases: () =>
    STEPS.filter(({ name }) => name === "resnet32" || name === "resnet50")
      .flatMap(({ name, options }) =>
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
