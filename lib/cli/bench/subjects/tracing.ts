/**
 * Tracing.
 *
 * @module
 */
import { PRECISIONS } from "../peers.ts";
import { type Case, type Subject, work } from "../subject.ts";
import { STEPS } from "./steps.ts";

const PARTS = ["recording", "first step"] as const;

/** The first step of a training above a later one, which is what a changed batch size costs, too. */
export const tracingSubject: Subject = {
  name: "tracing",
  about: "a training step recorded; what the first step takes above later ones, compiling included",
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
