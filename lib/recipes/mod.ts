/**
 * Recipes: named trainings, `<data set>/<token>[+<token>…]`, and the tokens and data sets that they consist of.
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
export type { AnyToken } from "./kinds.ts";
export type { LayerToken } from "./layers/layer_token.ts";
export { type ListedRecipe, listRecipes } from "./list.ts";
export type { LossToken } from "./losses/loss_token.ts";
export type { MixingToken } from "./mixings/mixing_token.ts";
export type { Backbone, NetworkName, NetworkPieces } from "./networks.ts";
export { measuringStage, type PostHocToken } from "./post_hoc/post_hoc_token.ts";
export type { Loaded, LoadOptions, Recipe, StageSetting } from "./recipe.ts";
export { recipe, type RecipeOptions } from "./recipe_named.ts";
export type { Registry } from "./registry.ts";
export type { RegularizationToken } from "./regularizations/regularization_token.ts";
export type { SamplerToken } from "./samplers.ts";
export {
  type FirstTokens,
  proportionalSteps,
  secondStage,
  type SecondStageToken,
} from "./second_stages/second_stage_token.ts";
export type { DefaultProperty, Property, Reasons, Token } from "./token.ts";
