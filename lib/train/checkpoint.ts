/**
 * Saving and loading everything that a training needs to go on.
 *
 * @module
 */
import { CheckpointError } from "../core/errors.ts";
import { disposeTree, flatten, type Params, unflatten } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { isLength } from "../nn/nbn.ts";
import { expectSameTree } from "./same_tree.ts";
import type { SafetensorsTensor } from "./safetensors/format.ts";
import { readSafetensors } from "./safetensors/read.ts";
import { stored } from "./safetensors/stored.ts";
import { safetensorsParts } from "./safetensors/write.ts";
import { writeWhole } from "./write_whole.ts";

/** A training at one moment. */
export interface Checkpoint {
  /** Name of the network. */
  readonly network: string;
  /** Steps done, of all stages together. */
  readonly step: number;
  /**
   * Number of the stage that it stands in, from 0.
   *
   * @default {0}
   */
  readonly stage?: number;
  /** Seed of the training. */
  readonly seed: number;
  /**
   * Images that the stage has drawn so far: with the seed, the whole state of the sampler and of the augmentation, as
   * image number k depends on the seed and k alone.
   */
  readonly position: number;
  /** Learned parameters. */
  readonly params: Params;
  /** Running statistics. */
  readonly state: Params;
  /** State of the optimizer. */
  readonly optimizer: Params;
  /**
   * State of the loss.
   *
   * @default {empty, as that of most losses}
   */
  readonly loss?: Params;
  /**
   * What the stage remembers from its beginning.
   *
   * @default {empty, as that of most stages}
   */
  readonly memory?: Params;
  /** Whatever else is to be remembered, as texts. */
  readonly notes?: Readonly<Record<string, string>>;
}

const TREES = ["params", "state", "optimizer", "loss", "memory"] as const;

/**
 * Writes a checkpoint as safetensors: tensors named `params/…`, `state/…`, `optimizer/…`, `loss/…` and
 * `memory/…`, the rest in the metadata. The file appears whole or not at all.
 *
 * @param path Where to, usually `checkpoint-<step>.safetensors`.
 * @param checkpoint What to save; its tensors stay the caller's.
 * @throws {CheckpointError} If it cannot be written; what was there before is left as it was.
 * @throws {TypeError} If a tensor has another type than float32, int32 or bool.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { flatten } from "../core/tree.ts";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const path = await Deno.makeTempFile({ suffix: ".safetensors" });
 * const params = { head: { weight: tf.tensor1d([1, 2]) } };
 * await saveCheckpoint(path, {
 *   network: "tiny", step: 5, seed: 0, position: 640, params, state: {}, optimizer: {},
 * });
 * const loaded = await loadCheckpoint(path, { network: "tiny", params });
 * assertEquals(loaded.step, 5);
 * assertEquals([...flatten(loaded.params)[0][1].dataSync()], [1, 2]);
 * await Deno.remove(path);
 * ```
 */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { network, step, stage = 0, seed, position, notes = {} } = checkpoint;
  const tensors = new Map<string, SafetensorsTensor>();
  for (const tree of TREES) {
    for (const [name, tensor] of flatten(checkpoint[tree] ?? {})) {
      tensors.set(`${tree}/${name}`, await stored(`${tree}/${name}`, tensor));
    }
  }
  const metadata = new Map(Object.entries({
    ...notes,
    format: "nbn",
    network,
    step: String(step),
    stage: String(stage),
    seed: String(seed),
    position: String(position),
  }));
  await writeWhole(path, safetensorsParts({ tensors, metadata }));
}

/** What a checkpoint must fit. */
export interface Expected {
  /** Name of the network. */
  readonly network?: string;
  /** Parameters with the paths and shapes that the network has. */
  readonly params?: Params;
  /** Running statistics with the paths and shapes that the network has. */
  readonly state?: Params;
  /** State of the loss with the paths and shapes that the loss has. */
  readonly loss?: Params;
}

/**
 * Reads a checkpoint.
 *
 * @param path The file.
 * @param expected The network that it is for, or the one of each stage, by its number; without it, whatever the file
 * holds is returned.
 * @returns The training at that moment; its tensors are the caller's.
 * @throws {CheckpointError} If the file is missing, damaged, or belongs to another network or number of
 * classes, naming the first paths and shapes that differ.
 */
export async function loadCheckpoint(
  path: string,
  expected: Expected | ((stage: number) => Expected) = {},
): Promise<Checkpoint> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    throw new CheckpointError(
      `Expected a checkpoint at ${path} but could not read it: ${(error as Error).message}`,
      { cause: error },
    );
  }
  const { tensors, metadata } = readSafetensors(bytes, path);
  const texts = new Map(metadata);
  const text = (name: string): string => {
    const found = texts.get(name);
    if (found === undefined) {
      throw new CheckpointError(
        `Expected the metadata of ${path} to name its ${name} but found none: it was not written by saveCheckpoint`,
      );
    }
    texts.delete(name);
    return found;
  };
  const integer = (name: string): number => {
    const found = Number(text(name));
    if (Number.isSafeInteger(found)) return found;
    throw new CheckpointError(
      `Expected the ${name} of ${path} to be an integer but found ${found}`,
    );
  };
  const head = {
    network: text("network"),
    step: integer("step"),
    // Files from before there were stages have none.
    stage: texts.has("stage") ? integer("stage") : 0,
    seed: integer("seed"),
    position: integer("position"),
  };
  texts.delete("format");
  const trees = toTrees(tensors, path);
  try {
    const { network, params, state, loss } = typeof expected === "function"
      ? expected(head.stage)
      : expected;
    if (params) expectSameTree(path, "params", trees.params, params);
    if (state) expectSameTree(path, "state", withoutLengths(trees.state), state);
    if (loss) expectSameTree(path, "state of the loss", trees.loss, loss);
    if (network !== undefined && network !== head.network) {
      throw new CheckpointError(
        `Expected a checkpoint of ${network} but ${path} is one of ${head.network}: ` +
          `choose the recipe that it was trained with`,
      );
    }
  } catch (error) {
    for (const tree of TREES) disposeTree(trees[tree]);
    throw error;
  }
  return { ...head, ...trees, notes: Object.fromEntries(texts) };
}

/** Statistics without what only networks have that began with weights of plain batch norms. */
function withoutLengths(state: Params): Params {
  return unflatten(flatten(state).filter(([path]) => !isLength(path)));
}

function toTrees(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  path: string,
): Record<(typeof TREES)[number], Params> {
  const entries = { params: [], state: [], optimizer: [], loss: [], memory: [] } as Record<
    (typeof TREES)[number],
    [string, tf.Tensor][]
  >;
  const fail = (found: string): never => {
    for (const list of Object.values(entries)) list.forEach(([, tensor]) => tensor.dispose());
    throw new CheckpointError(`Expected ${path} to hold ${TREES.join(", ")} but ${found}`);
  };
  for (const [name, { type, shape, bytes }] of tensors) {
    const slash = name.indexOf("/");
    const tree = name.slice(0, slash) as (typeof TREES)[number];
    if (!TREES.includes(tree)) fail(`found ${name}`);
    // A copy, because a typed array must begin at a multiple of its element's size.
    const { buffer } = bytes.slice();
    const tensor = type === "F32"
      ? tf.tensor(new Float32Array(buffer), [...shape], "float32")
      : type === "I32"
      ? tf.tensor(new Int32Array(buffer), [...shape], "int32")
      : type === "BOOL"
      ? tf.tensor(new Uint8Array(buffer), [...shape], "bool")
      : fail(`${name} has the type ${type}`);
    entries[tree].push([name.slice(slash + 1), tensor]);
  }
  try {
    return {
      params: unflatten(entries.params),
      state: unflatten(entries.state),
      optimizer: unflatten(entries.optimizer),
      loss: unflatten(entries.loss),
      memory: unflatten(entries.memory),
    };
  } catch (error) {
    return fail(`its names contradict each other: ${(error as Error).message}`);
  }
}
