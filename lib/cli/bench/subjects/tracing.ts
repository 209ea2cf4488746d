/**
 * Tracing.
 *
 * @module
 */
import { PRECISIONS } from "../peers.ts";
import { type Case, type Subject, work } from "../subject.ts";
import { STEPS } from "./steps.ts";

/** The first step of a training above a later one, which is what a changed batch size costs, too. */
export const tracingSubject: Subject = {
  name: "tracing",
  about: "what the first step of a training takes above later ones: tracing and compiling",
  cases: () =>
    STEPS.filter(({ name }) => name === "resnet32" || name === "resnet50")
      .flatMap(({ name, options }) =>
        PRECISIONS.map((precision): Case => ({
          name: `${name}, ${precision}`,
          unit: "s",
          ours: work("tracing", { ...options, precision }, { fresh: true }),
          peers: [],
          mostRounds: 3,
        }))
      ),
};
