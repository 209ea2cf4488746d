/**
 * What every residual network is put together from: a stem, stages, and one classifier or several experts.
 *
 * @module
 */
import { classifier, type ClassifierOptions } from "./classifier.ts";
import { type Expert, expertsModule, type ExpertsOptions } from "./experts.ts";
import type { Module } from "./module.ts";
import { type Network, network } from "./network.ts";
import { sequential } from "./sequential.ts";

/** Options that all residual networks have. */
export interface ResidualOptions extends ClassifierOptions {
  /**
   * Whether all convolutions have Weight Normalization (paper, Table X).
   *
   * @default {false}
   */
  weightNorm?: boolean;
  /**
   * Experts with last stages and a classifier of their own instead of one classifier (RIDE, ACE): `ride()` and
   * `aceExperts()` fill this in as their papers have it.
   *
   * @default {one classifier}
   */
  experts?: ExpertsOptions;
}

/** Options of anything that makes a network which experts can divide. */
export type Divisible = Pick<ResidualOptions, "head" | "logits" | "experts">;

/** What tells one family of residual networks from another. */
export interface Family {
  /** Name of the network. */
  readonly name: string;
  /** From images to the first stage's input. */
  readonly stem: Module;
  /** Channels that come out of the stem. */
  readonly channels: number;
  /** Number of stages. */
  readonly stages: number;
  /**
   * Makes a stage.
   *
   * @param stage Number of the stage, from 1.
   * @param inputs Channels that come in.
   * @param width Factor on its channels.
   * @returns The blocks, and the channels that go out.
   */
  stage(stage: number, inputs: number, width: number): { blocks: Module; outputs: number };
}

/**
 * Puts a residual network together.
 *
 * @param family Stem and stages.
 * @param options Classifier and experts.
 * @returns The network.
 * @throws {RangeError} If there are fewer than two experts, or their stages or width are out of range.
 */
export function residualNetwork(family: Family, options: ResidualOptions): Network {
  const { name, stem, stages } = family;
  const { experts } = options;
  const shared = experts ? sharedStages(experts, stages) : stages;
  const trunk = stagesOf(family, 1, shared, family.channels, 1);
  const parts = { stem, ...trunk.parts };
  if (!experts) {
    return network(sequential({ ...parts, ...classifier(options) }), { name });
  }
  const { count, width = 0.75, trunkLearnsFrom = "all" } = experts;
  const { pool, ...head } = classifier(options);
  const own = stagesOf(family, shared + 1, stages, trunk.outputs, width).parts;
  const expert: Expert = { body: sequential({ ...own, pool }), head: sequential(head) };
  const all = expertsModule(Array<Expert>(count).fill(expert), trunkLearnsFrom);
  return network(behind(sequential(parts), all), { name: `${name}-${count}experts` });
}

function stagesOf(family: Family, first: number, last: number, inputs: number, width: number) {
  const parts: Record<string, Module> = {};
  let outputs = inputs;
  for (let stage = first; stage <= last; stage++) {
    const made = family.stage(stage, outputs, width);
    parts[`stage${stage}`] = made.blocks;
    outputs = made.outputs;
  }
  return { parts, outputs };
}

/** Two modules, one behind the other, whose parts stand side by side in one tree. */
function behind(trunk: Module, rest: Module): Module {
  return {
    init(rng, inputShape) {
      const first = trunk.init(rng, inputShape);
      const second = rest.init(rng, first.outputShape);
      return {
        params: { ...first.params, ...second.params },
        state: { ...first.state, ...second.state },
        shared: first.shared,
        outputShape: second.outputShape,
      };
    },
    apply(params, state, x, mode) {
      const first = trunk.apply(params, state, x, mode);
      const second = rest.apply(params, state, first.y, mode);
      return { y: second.y, state: { ...first.state, ...second.state } };
    },
  };
}

function sharedStages(experts: ExpertsOptions, stages: number): number {
  const { count, width = 0.75, ownStages = 2 } = experts;
  if (!Number.isSafeInteger(count) || count < 2) {
    throw new RangeError(
      `Expected at least 2 experts but found ${count}: a single one is the network itself, ` +
        "so leave experts out",
    );
  }
  if (!Number.isSafeInteger(ownStages) || ownStages < 1 || ownStages > stages) {
    throw new RangeError(
      `Expected ownStages to be an integer from 1 to ${stages} but found ${ownStages}`,
    );
  }
  if (!(width > 0 && width < Infinity)) {
    throw new RangeError(`Expected the width of experts to be above 0 but found ${width}`);
  }
  return stages - ownStages;
}
