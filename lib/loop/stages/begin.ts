/**
 * Transitions from one stage to the next.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { disposeTree, flatten, mapTree, type Params } from "../../core/tree.ts";
import type { tf } from "../../deps/tfjs.ts";
import { initLoss } from "../init_loss.ts";
import type { Plan } from "../plan.ts";
import type { StepState } from "../step_definition.ts";
import { networkOf } from "./network.ts";
import { isTrained, trainedParams } from "./paths.ts";
import { stageSeed } from "./span.ts";
import type { Stage } from "./stage.ts";

/**
 * Moves a training from the end of a stage to the beginning of the next. If the next stage has another network,
 * nothing is kept of the previous stage but the memory that `begin` returns.
 *
 * @param plan Configuration of the whole training.
 * @param index Zero-based index of the stage that begins.
 * @param training Final state of the previous stage; its tensors are consumed, unless the signal is aborted.
 * @param signal When aborted, a measurement on the training images ends.
 * @returns Initial training state and memory of the stage.
 * @throws {unknown} The reason of the signal, if it is aborted.
 */
export async function beginStage(
  plan: Plan,
  index: number,
  training: StepState,
  signal?: AbortSignal,
): Promise<{ training: StepState; memory: Params }> {
  const { data, batch, counts, precision } = plan;
  const stage = plan.stages[index], before = plan.stages[index - 1];
  const seed = stageSeed(plan, index);
  const { params: oldParams, state: oldState } = training;
  const network = networkOf(plan, index), shape = data.train.shape;
  const trained = networkOf(plan, index - 1), isOther = network !== trained;
  const transition = {
    network: trained,
    params: oldParams,
    state: oldState,
    data,
    counts,
    seed,
    precision,
    signal,
  };
  const change = await stage.begin?.change(transition) ?? {};
  if (isOther) { for (const tree of [oldParams, oldState]) disposeTree(tree); }
  const from = isOther ? network.init(seed, shape) : { params: oldParams, state: oldState };
  const params = replaced(from.params, change.params);
  const state = replaced(from.state, change.state);
  let { optimizer, loss } = training;
  if (isOther || !stage.continues) {
    disposeTree(optimizer);
    optimizer = stage.optimizer.init(trainedParams(stage, params));
  }
  if (isOther || !(stage.continues && stage.loss === before?.loss)) {
    disposeTree(loss);
    loss = initLoss(stage.loss, { network, params, state }, { batch, shape, seed });
  }
  return { training: { params, state, optimizer, loss }, memory: change.memory ?? {} };
}

/**
 * Replaces tensors of a tree and disposes the old ones.
 *
 * @param tree The tree; do not use it afterwards.
 * @param changed New tensors by path.
 * @returns A tree with the same paths.
 * @throws {RangeError} If the tree has no such path, or the new tensor another shape.
 */
export function replaced(
  tree: Params,
  changed: ReadonlyMap<string, tf.Tensor> = new Map(),
): Params {
  const old = new Map(flatten(tree));
  for (const [path, { shape }] of changed) {
    const found = old.get(path);
    if (found && `${found.shape}` === `${shape}`) continue;
    throw new RangeError(
      `Expected ${path} of [${shape}] in the network, which a stage changes, but found ` +
        (found ? `[${found.shape}]` : "none"),
    );
  }
  return mapTree(tree, (tensor, path) => {
    const fresh = changed.get(path);
    if (fresh) tensor.dispose();
    return fresh ?? tensor;
  });
}

/**
 * Checks before the first step that the network has the parts that each stage trains.
 *
 * @param stages The stages.
 * @param params Parameters of the network.
 * @throws {UsageError} If a stage has no parameters to train.
 */
export function expectTrainable(stages: readonly Stage[], params: Params): void {
  const paths = flatten(params).map(([path]) => path);
  for (const stage of stages) {
    const { name, trains, frozen = [], iterations } = stage;
    if (!trains && frozen.length === 0) continue;
    if (iterations === 0 || paths.some((path) => isTrained(stage, path))) continue;
    if (frozen.length > 0) {
      throw new UsageError(
        `Expected --freeze to leave trainable parameters in the stage ${name} but found that all of ` +
          `${trains?.join(" and ") ?? "the network"} is frozen`,
      );
    }
    throw new UsageError(
      `Expected the network to have ${
        trains?.join(" or ")
      }, which the stage ${name} trains, but found ` +
        `${[...new Set(paths.map((path) => path.split("/")[0]))].join(", ")}`,
    );
  }
}
