/**
 * The register of a report's sections, in the order of the page.
 *
 * @module
 */
import { accuracy } from "./accuracy.ts";
import { attention } from "./attention.ts";
import { classes } from "./classes.ts";
import { classifier } from "./classifier.ts";
import { confusion } from "./confusion.ts";
import { features } from "./features.ts";
import { magnitude } from "./magnitude.ts";
import { masking } from "./masking.ts";
import { missing } from "./missing.ts";
import type { ReportSection } from "./section.ts";
import { sources } from "./sources.ts";
import { training } from "./training.ts";
import { weights } from "./weights.ts";

/** Every section. */
export const SECTIONS: readonly ReportSection[] = [
  ...[accuracy, training, classes, confusion],
  ...[weights, features, masking, magnitude, classifier, attention],
  ...[missing, sources],
];
