/**
 * Recipes: named trainings, `<data set>/<token>[+<token>…]`, and the tokens and data sets that they consist of.
 *
 * @example What a recipe trains, and the recipes of the paper's rows
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { listRecipes, recipe } from "@nbn/toolkit/recipes";
 *
 * assertEquals(recipe("cifar10-lt/ce+nbn+lr").iterations, 13_000);
 * assertEquals(listRecipes().some(({ name }) => name === "cifar10-lt/ce+nbn+lr"), true);
 * ```
 *
 * @module
 */
export type { DataSet } from "./data_sets/data_set.ts";
export {
  constantOf,
  type DataSetProperties,
  type Length,
  lengthOf,
} from "./data_sets/properties.ts";
export type { DeferralToken } from "./deferrals/deferral_token.ts";
export type { ExpertsToken } from "./experts/experts_token.ts";
export { type AnyToken, type KindName, KINDS } from "./kinds.ts";
export type { LayerToken } from "./layers/layer_token.ts";
export { type ListedRecipe, listRecipes } from "./list.ts";
export type { LossToken } from "./losses/loss_token.ts";
export type { MixingToken } from "./mixings/mixing_token.ts";
export {
  type Architecture,
  type Backbone,
  isNetworkName,
  type NetworkName,
  type NetworkPieces,
  NETWORKS,
} from "./networks.ts";
export { measuringStage, type PostHocToken } from "./post_hoc/post_hoc_token.ts";
export type { Loaded, LoadOptions, Recipe, StageSetting } from "./recipe.ts";
export { recipe, type RecipeOptions } from "./recipe_named.ts";
export { DATA_SETS, type Registry, TOKENS } from "./registry.ts";
export type { RegularizationToken } from "./regularizations/regularization_token.ts";
export type { SamplerToken } from "./samplers.ts";
export {
  type FirstTokens,
  proportionalSteps,
  secondStage,
  type SecondStageToken,
} from "./second_stages/second_stage_token.ts";
export type { DefaultProperty, Property, Reasons, Token } from "./token.ts";
