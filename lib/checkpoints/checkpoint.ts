/**
 * Saving and loading checkpoints: everything needed to resume a training.
 *
 * @module
 */
import { CheckpointError, DamagedCheckpointError } from "../core/errors.ts";
import { flatten, inOrderOf, type Params, unflatten } from "../core/tree.ts";
import { isLength } from "../nn/nbn.ts";
import { CHECKSUM, checksumOf } from "./checksum.ts";
import { expectSameTree } from "./same_tree.ts";
import { freeTrees, toTrees, TREES } from "./trees.ts";
import type { SafetensorsTensor } from "../safetensors/format.ts";
import { readSafetensors } from "../safetensors/read.ts";
import { stored } from "../safetensors/stored.ts";
import { safetensorsParts } from "../safetensors/write.ts";
import { writeAtomically } from "../core/write_atomically.ts";

/** Snapshot of a training. */
export interface Checkpoint {
  /** Name of the network. */
  readonly network: string;
  /** Number of completed steps over all stages. */
  readonly step: number;
  /**
   * Index of the current stage, from 0.
   *
   * @default {0}
   */
  readonly stage?: number;
  /** Seed of the training. */
  readonly seed: number;
  /**
   * Number of images that the stage has drawn. With the seed, this is the whole state of the sampler and the
   * augmentation, since the k-th image depends only on the seed and k.
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
   * @default {{}}
   */
  readonly loss?: Params;
  /**
   * State that the stage recorded at its beginning, for instance the parameters of a teacher.
   *
   * @default {{}}
   */
  readonly memory?: Params;
  /**
   * Digest of what determines the training: a checkpoint of another training is not resumed from.
   *
   * @default {not recorded, as by earlier versions}
   */
  readonly training?: string;
  /** Further values to save, as strings. */
  readonly notes?: Readonly<Record<string, string>>;
}

/**
 * Writes a checkpoint as safetensors: tensors named `params/…`, `state/…`, `optimizer/…`, `loss/…` and `memory/…`,
 * everything else is in the metadata, with a SHA-256 over all of it. The write is atomic.
 *
 * @param path File to write, usually `checkpoint-<step>.safetensors`.
 * @param checkpoint What to save; the caller keeps ownership of its tensors.
 * @throws {CheckpointError} If the file cannot be written; an existing file is then left unchanged.
 * @throws {TypeError} If a tensor is not float32, int32 or bool.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { flatten } from "@nbn/toolkit/core";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { loadCheckpoint, saveCheckpoint } from "@nbn/toolkit/runs";
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
  const { network, step, stage = 0, seed, position, training, notes = {} } = checkpoint;
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
    ...(training === undefined ? {} : { training }),
  }));
  metadata.set(CHECKSUM, checksumOf({ tensors, metadata }));
  await writeAtomically(path, safetensorsParts({ tensors, metadata }));
}

/** What a checkpoint has to match; missing entries are not checked. */
export interface Expected {
  /** Name of the network. */
  readonly network?: string;
  /** Parameters with the expected paths and shapes. */
  readonly params?: Params;
  /** Running statistics with the expected paths and shapes. */
  readonly state?: Params;
  /** State of the loss with the expected paths and shapes. */
  readonly loss?: Params;
}

/**
 * Reads a checkpoint.
 *
 * @param path The file.
 * @param expected What the checkpoint has to match, or a function that returns it for a stage index; by default nothing
 * is checked.
 * @returns The checkpoint; the caller owns its tensors.
 * @throws {DamagedCheckpointError} If the file cannot be read, its checksum is wrong, or it holds a number that is not
 * finite, or a negative variance.
 * @throws {CheckpointError} If it does not match the network or the number of classes; the message names the first
 * paths, shapes and types that differ.
 */
export async function loadCheckpoint(
  path: string,
  expected: Expected | ((stage: number) => Expected) = {},
): Promise<Checkpoint> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    throw new DamagedCheckpointError(
      `Expected a checkpoint at ${path} but could not read it: ${(error as Error).message}`,
      { cause: error },
    );
  }
  const file = readSafetensors(bytes, path), { tensors, metadata } = file;
  const texts = new Map(metadata), checksum = texts.get(CHECKSUM);
  // Files of earlier versions have none.
  if (checksum !== undefined && checksum !== checksumOf(file)) {
    throw new DamagedCheckpointError(
      `Expected ${path} to have the SHA-256 that it was written with but found another: the file is damaged`,
    );
  }
  texts.delete(CHECKSUM);
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
    // Files of versions without stages have no such entry.
    stage: texts.has("stage") ? integer("stage") : 0,
    seed: integer("seed"),
    position: integer("position"),
    training: texts.get("training"),
  };
  texts.delete("format");
  texts.delete("training");
  const trees = toTrees(tensors, path);
  try {
    const { network, params, state, loss } = typeof expected === "function"
      ? expected(head.stage)
      : expected;
    if (params) trees.params = expectSameTree(path, "params", trees.params, params);
    if (state) {
      const known = expectSameTree(path, "state", withoutLengths(trees.state), state);
      trees.state = inOrderOf(trees.state, known);
    }
    if (loss) trees.loss = expectSameTree(path, "state of the loss", trees.loss, loss);
    if (network !== undefined && network !== head.network) {
      throw new CheckpointError(
        `Expected a checkpoint of ${network} but ${path} is one of ${head.network}: ` +
          `choose the recipe that it was trained with`,
      );
    }
  } catch (error) {
    freeTrees(trees);
    throw error;
  }
  return { ...head, ...trees, notes: Object.fromEntries(texts) };
}

/** Returns the statistics without NBN lengths, which only networks initialised from plain batch norms have. */
function withoutLengths(state: Params): Params {
  return unflatten(flatten(state).filter(([path]) => !isLength(path)));
}
