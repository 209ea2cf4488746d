/**
 * Assembly of residual networks from a stem, stages, and one classifier or several experts.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { classifier, type ClassifierOptions } from "./classifier.ts";
import { type Expert, expertsModule, type ExpertsOptions } from "./experts.ts";
import type { Module } from "./module.ts";
import { type Network, network } from "./network.ts";
import { sequential } from "./sequential.ts";

/** Options of all residual networks. */
export interface ResidualOptions extends ClassifierOptions {
  /**
   * Whether all convolutions have Weight Normalization (paper, Table X).
   *
   * @default {false}
   */
  weightNorm?: boolean;
  /**
   * Experts, each with its own last stages and classifier, instead of one classifier (RIDE, ACE); `ride()` and
   * `aceExperts()` set this as in their papers.
   *
   * @default {one classifier}
   */
  experts?: ExpertsOptions;
}

/** Options of a backbone that supports experts. */
export type Divisible = Pick<ResidualOptions, "head" | "refine" | "logits" | "experts">;

/**
 * Creates a network of experts.
 *
 * @param backbone Creates the network.
 * @param options Options of the backbone, without experts.
 * @param experts The experts.
 * @returns The network.
 */
export function withExperts<Options extends Divisible>(
  backbone: (options: Options) => Network,
  options: object,
  experts: ExpertsOptions,
): Network {
  // TypeScript cannot express that the callers' options without experts, together with experts, are those of the backbone.
  return backbone({ ...options, experts } as unknown as Options);
}

/** A family of residual networks. */
export interface Family {
  /** Name of the network. */
  readonly name: string;
  /** Module from images to the input of the first stage. */
  readonly stem: Module;
  /** Output channels of the stem. */
  readonly channels: number;
  /** Number of stages. */
  readonly stages: number;
  /**
   * Creates a stage.
   *
   * @param stage Number of the stage, from 1.
   * @param inputs Input channels.
   * @param width Factor on the channels of the stage.
   * @returns The blocks, and the number of output channels.
   */
  stage(stage: number, inputs: number, width: number): { blocks: Module; outputs: number };
}

/**
 * Assembles a residual network.
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
  const { features, classify } = classifier(options);
  if (!experts) {
    return network(sequential({ ...parts, ...features, ...classify }), { name });
  }
  const { count, width = 0.75, trunkLearnsFrom = "all" } = experts;
  const own = stagesOf(family, shared + 1, stages, trunk.outputs, width).parts;
  const expert: Expert = {
    body: sequential({ ...own, ...features }),
    head: sequential(classify),
  };
  const all = expertsModule(Array<Expert>(count).fill(expert), trunkLearnsFrom);
  return network(chain(sequential(parts), all), { name: `${name}-${count}experts` });
}

/**
 * Assembles the stem and all stages of a residual network, without a classifier.
 *
 * @param family Stem and stages.
 * @param width Factor on the channels of the stages, above 0.
 * @returns The network, from images to the map of its last stage.
 * @throws {RangeError} If the width is not above 0.
 */
export function residualTrunk(family: Family, width = 1): Network {
  expectRange("above 0", { "the width of the stages": width });
  const { stem, stages, channels, name } = family;
  const { parts } = stagesOf(family, 1, stages, channels, width);
  return network(sequential({ stem, ...parts }), { name });
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

/** Applies two modules in sequence, with the parts of both in one tree. */
function chain(trunk: Module, rest: Module): Module {
  return {
    init(random, inputShape) {
      const first = trunk.init(random, inputShape);
      const second = rest.init(random, first.outputShape);
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
        "so omit experts",
    );
  }
  if (!Number.isSafeInteger(ownStages) || ownStages < 1 || ownStages > stages) {
    throw new RangeError(
      `Expected ownStages to be an integer from 1 to ${stages} but found ${ownStages}`,
    );
  }
  expectRange("above 0", { "the width of experts": width });
  return stages - ownStages;
}
