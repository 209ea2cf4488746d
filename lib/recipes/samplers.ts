/**
 * Tokens for samplers.
 *
 * @module
 */
import {
  classAwareSampler,
  classBalancedSampler,
  effectiveNumberSampler,
  instanceBalancedSampler,
  progressivelyBalancedSampler,
  repeatFactorSampler,
  reversedSampler,
  type Sampler,
  squareRootSampler,
} from "../samplers/mod.ts";
import type { Token, Tokens } from "./token.ts";

/** A sampler. */
export interface SamplerToken extends Token {
  /** Makes the sampler of a stage that draws `draws` images in total. */
  readonly sampler: (draws: number) => Sampler;
}

const DECOUPLING = "Kang et al. 2020";

/** Every sampler by its token. */
export const SAMPLERS: Tokens<SamplerToken> = {
  "instance-balanced": {
    about: "every image equally often",
    source: DECOUPLING,
    functions: ["instanceBalancedSampler"],
    sampler: () => instanceBalancedSampler,
  },
  "class-balanced": {
    about: "every class equally often",
    source: DECOUPLING,
    functions: ["classBalancedSampler"],
    sampler: () => classBalancedSampler,
  },
  "square-root": {
    about: "classes by the square root of their images",
    source: DECOUPLING,
    functions: ["squareRootSampler"],
    sampler: () => squareRootSampler,
  },
  "progressively-balanced": {
    about: "from instance-balanced to class-balanced",
    source: DECOUPLING,
    functions: ["progressivelyBalancedSampler"],
    sampler: (draws) => (labels, options) =>
      progressivelyBalancedSampler(labels, { ...options, total: draws }),
  },
  "effective-number": {
    about: "classes by their effective number of images",
    source: "Cui et al. 2019",
    functions: ["effectiveNumberSampler"],
    sampler: () => effectiveNumberSampler,
  },
  reversed: {
    about: "rare classes more often than frequent ones",
    source: "Zhou et al. 2020",
    functions: ["reversedSampler"],
    sampler: () => reversedSampler,
  },
  "repeat-factor": {
    about: "images of rare classes repeated",
    source: "Gupta et al. 2019",
    functions: ["repeatFactorSampler"],
    sampler: () => repeatFactorSampler,
  },
  "class-aware": {
    about: "rounds through shuffled classes",
    source: "Shen et al. 2016",
    functions: ["classAwareSampler"],
    sampler: () => classAwareSampler,
  },
};
