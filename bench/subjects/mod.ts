/**
 * All benchmarks, quick ones first.
 *
 * @module
 */
import type { Subject } from "../subject.ts";
import { augmentationSubject } from "./augmentation.ts";
import { checkpointSubject } from "./checkpoint.ts";
import { clusterSubject } from "./cluster.ts";
import { detectionSubject } from "./detection.ts";
import { endToEndSubject } from "./end_to_end.ts";
import { importSubject } from "./import.ts";
import { jpegSubject } from "./jpeg.ts";
import { limitsSubject } from "./limits.ts";
import { listsSubject } from "./lists.ts";
import { lossesSubject } from "./losses.ts";
import { lvisApSubject } from "./lvis_ap.ts";
import { memorySubject } from "./memory.ts";
import { samplersSubject } from "./samplers.ts";
import { scalingSubject } from "./scaling.ts";
import { stepSubjects } from "./steps.ts";
import { streamingSubject } from "./streaming.ts";
import { programsSubject, tracingSubject } from "./tracing.ts";

/** The subjects of `deno task bench`, in the order in which they are measured. */
export const SUBJECTS: readonly Subject[] = [
  importSubject,
  augmentationSubject,
  jpegSubject,
  streamingSubject,
  checkpointSubject,
  samplersSubject,
  listsSubject,
  lvisApSubject,
  limitsSubject,
  ...stepSubjects,
  tracingSubject,
  programsSubject,
  detectionSubject,
  lossesSubject,
  endToEndSubject,
  memorySubject,
  scalingSubject,
  clusterSubject,
];
