/**
 * Links of an optimizer: pure functions that turn a gradient into the step of a parameter.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";

/** A parameter while the links of an optimizer are applied to it. */
export interface ParameterStep {
  /** Value of the parameter; only decoupled weight decay changes it. */
  readonly value: tf.Tensor;
  /** Step of the same shape, to be subtracted from the value; the gradient at first. */
  readonly step: tf.Tensor;
}

/** Further inputs of a link. */
export interface TransformInputs {
  /** Learning rate of the parameter, a scalar. */
  readonly rate: tf.Tensor;
  /** State of the parameter: a tensor of its shape for each slot. */
  readonly slots: Readonly<Record<string, tf.Tensor>>;
  /** State common to all parameters, after this step's update. */
  readonly common: Params;
}

/** State of a link that is common to all parameters, for instance a count of steps. */
export interface CommonState {
  /** Name in the optimizer's state. */
  readonly name: string;
  /** Creates the initial state. */
  init(): Params;
  /** Returns the state of the next step. */
  update(before: Params): Params;
}

/** Changes the step of each parameter on its own, element by element. */
export interface ElementwiseTransform {
  /** Discriminates the links. */
  readonly kind: "elementwise";
  /** Description for `config.json`. */
  readonly description: Readonly<Record<string, string | number | boolean>>;
  /**
   * Whether the link changes a parameter, by path.
   *
   * @default {all of them}
   */
  readonly applies?: (path: string) => boolean;
  /**
   * Names of the tensors that the link keeps for each parameter, which start at 0.
   *
   * @default {none}
   */
  readonly slots?: readonly string[];
  /** State that the link keeps for all parameters together. */
  readonly common?: CommonState;
  /**
   * Applies the link to a parameter.
   *
   * @param parameter Value and step after the previous links.
   * @param inputs Learning rate and state.
   * @returns Value and step, and the new tensors of the slots.
   */
  apply(
    parameter: ParameterStep,
    inputs: TransformInputs,
  ): ParameterStep & { readonly slots?: Readonly<Record<string, tf.Tensor>> };
}

/** Changes the gradient of all parameters together. */
export interface GradientTransform {
  /** Discriminates the links. */
  readonly kind: "gradient";
  /** Description for `config.json`. */
  readonly description: Readonly<Record<string, string | number | boolean>>;
  /**
   * Applies the link.
   *
   * @param gradients Tree of gradients; left unchanged.
   * @returns A tree of the same structure.
   */
  apply(gradients: Params): Params;
}

/** A link of an optimizer, for {@linkcode chain}. */
export type Transform = GradientTransform | ElementwiseTransform;
