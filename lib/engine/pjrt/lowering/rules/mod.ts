/**
 * The rules by which TensorFlow's operations are lowered to StableHLO.
 *
 * @module
 */
import type { Rules } from "../rule.ts";
import { BATCH_NORM } from "./batch_norm.ts";
import { CONVOLUTIONS } from "./convolutions.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { INDEXING } from "./indexing.ts";
import { POOLING } from "./pooling.ts";
import { PRODUCTS } from "./products.ts";
import { RANDOM } from "./random.ts";
import { REDUCTIONS } from "./reductions.ts";
import { RESIZING } from "./resizing.ts";
import { SHAPES } from "./shapes.ts";
import { SOFTMAX } from "./softmax.ts";
import { SPARSE_PRODUCT } from "./sparse_product.ts";
import { SUPPRESSION } from "./suppression.ts";

/** All rules by the name of the operation. */
export const RULES: Rules = {
  ...ELEMENTWISE,
  ...SHAPES,
  ...REDUCTIONS,
  ...CONVOLUTIONS,
  ...POOLING,
  ...PRODUCTS,
  ...BATCH_NORM,
  ...SOFTMAX,
  ...INDEXING,
  ...RANDOM,
  ...RESIZING,
  ...SPARSE_PRODUCT,
  ...SUPPRESSION,
};
