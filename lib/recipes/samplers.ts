/**
 * Tokens for samplers.
 *
 * @module
 */
import {
  classAware,
  classBalanced,
  effectiveNumber,
  instanceBalanced,
  progressivelyBalanced,
  repeatFactor,
  reversed,
  type Sampler,
  squareRoot,
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
    functions: ["instanceBalanced"],
    sampler: () => instanceBalanced,
  },
  "class-balanced": {
    about: "every class equally often",
    source: DECOUPLING,
    functions: ["classBalanced"],
    sampler: () => classBalanced,
  },
  "square-root": {
    about: "classes by the square root of their images",
    source: DECOUPLING,
    functions: ["squareRoot"],
    sampler: () => squareRoot,
  },
  "progressively-balanced": {
    about: "from instance-balanced to class-balanced",
    source: DECOUPLING,
    functions: ["progressivelyBalanced"],
    sampler: (draws) => (labels, options) =>
      progressivelyBalanced(labels, { ...options, total: draws }),
  },
  "effective-number": {
    about: "classes by their effective number of images",
    source: "Cui et al. 2019",
    functions: ["effectiveNumber"],
    sampler: () => effectiveNumber,
  },
  reversed: {
    about: "rare classes more often than frequent ones",
    source: "Zhou et al. 2020",
    functions: ["reversed"],
    sampler: () => reversed,
  },
  "repeat-factor": {
    about: "images of rare classes repeated",
    source: "Gupta et al. 2019",
    functions: ["repeatFactor"],
    sampler: () => repeatFactor,
  },
  "class-aware": {
    about: "rounds through shuffled classes",
    source: "Shen et al. 2016",
    functions: ["classAware"],
    sampler: () => classAware,
  },
};
