/**
 * The rooms of `lib/` in their order, and what their files import.
 *
 * @module
 */
import { filesIn } from "./files_in.ts";

/** Rooms of `lib/` from the lowest to the highest, each with its one idea. */
export const ROOMS = {
  deps: "third-party packages, pinned",
  core: "errors, random streams, trees, atomic files, locks, protocol buffers",
  engine:
    "TensorFlow's C library, WebAssembly or plain JavaScript as backends of TensorFlow.js; traced functions; clusters",
  safetensors: "the file format of checkpoints and weights",
  optim: "optimizers and learning rate schedules",
  nn: "layers, NBN, LR, networks",
  losses: "losses, with and without a state",
  samplers: "streams of image indices",
  data: "data sets, decoding, augmentation, mixing, batches",
  post_hoc: "methods applied to a trained network",
  metrics: "accuracies, calibration, means over seeds",
  inference: "a network applied to a data set",
  checkpoints: "a training written to a file and read again",
  loop: "stages, the traced step, the training loop",
  recipes: "names for data sets and methods, as in the paper's tables",
  settings: "options of a training, for flags, config files and `train()`",
  runs: "the folder of a run: its content, how it is opened",
  train: "`train()` and `sweep()`: from options to a result",
  detection: "detection and masks on a long tail: LVIS, average precision, Mask R-CNN",
  export: "networks for ONNX, TensorFlow and browsers",
  analysis: "the statistics of the paper's tables and figures",
  plots: "figures",
  report: "one page that compares runs",
  notebooks: "helpers of the notebooks",
  launch: "how the processes of one training are found, started and supervised",
  cli: "the command line",
} as const;

/** Name of a room. */
export type Room = keyof typeof ROOMS;

/** Names of the rooms, from the lowest to the highest. */
export const ROOM_NAMES = Object.keys(ROOMS) as readonly Room[];

const LIB = new URL("../lib/", import.meta.url);

/** A file of `lib/`. */
export interface SourceFile {
  /** Number of lines. */
  readonly lines: number;
  /** Paths within `lib/` of the files that it imports, types included. */
  readonly imports: readonly string[];
}

/**
 * Reads the imports of all files of `lib/`.
 *
 * @returns Each file by its path within `lib/`.
 */
export function readSources(): ReadonlyMap<string, SourceFile> {
  return new Map([...filesIn(LIB, ".ts")].map((file) => [pathOf(file), sourceOf(file)]));
}

/**
 * Returns the room of a file.
 *
 * @param path Path within `lib/`.
 * @returns The first folder of the path.
 */
export function roomOf(path: string): Room {
  return path.split("/")[0] as Room;
}

function pathOf(file: URL): string {
  return file.href.slice(LIB.href.length);
}

function sourceOf(file: URL): SourceFile {
  const text = Deno.readTextFileSync(file);
  // Examples in comments may import from anywhere.
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const imports = [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+\.ts)"/g)]
    .map(([, path]) => new URL(path, file))
    .filter(({ href }) => href.startsWith(LIB.href))
    .map(pathOf);
  return { lines: text.split("\n").length - 1, imports };
}
