/**
 * The commands of `nbn`, each loaded when it is run.
 *
 * @module
 */
import type { Command } from "./command.ts";

/** A command before it is loaded. */
export interface CommandEntry {
  /** One-line description, as in `nbn --help`. */
  readonly about: string;
  /**
   * Whether TensorFlow's library is installed before it runs.
   *
   * @default {false}
   */
  readonly usesLibrary?: boolean;
  /** Loads the command. */
  load(): Promise<Command>;
}

/** Commands by name, in the order of `nbn --help`. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  setup: {
    about: "Install TensorFlow's library into the cache, once; --device for accelerators",
    load: async () => (await import("./setup.ts")).command,
  },
  train: {
    about: "Train recipes and print accuracy by group; without flags: built-in data",
    usesLibrary: true,
    load: async () => (await import("./train.ts")).command,
  },
  evaluate: {
    about: "Evaluate a run on its test set, or with --split on its validation set",
    usesLibrary: true,
    load: async () => (await import("./evaluate.ts")).command,
  },
  predict: {
    about: "Write the classes of images, files, folders or lists of them, as CSV",
    usesLibrary: true,
    load: async () => (await import("./predict.ts")).command,
  },
  analyse: {
    about: "Write the numbers of the paper's tables and figures into a run's folder",
    usesLibrary: true,
    load: async () => (await import("./analyse.ts")).command,
  },
  report: {
    about: "Write one page that compares runs",
    usesLibrary: true,
    load: async () => (await import("./report.ts")).command,
  },
  gallery: {
    about: "Draw the figures of docs/analysis.md from analysed runs",
    load: async () => (await import("./gallery.ts")).command,
  },
  export: {
    about: "Write a run's network as ONNX, SavedModel, TensorFlow.js model or weights",
    usesLibrary: true,
    load: async () => (await import("./export.ts")).command,
  },
  data: {
    about: "Download, import and inspect data sets",
    load: async () => (await import("./data.ts")).command,
  },
  sweep: {
    about: "Train recipes over several seeds and print mean and deviation",
    usesLibrary: true,
    load: async () => (await import("./sweep.ts")).command,
  },
  notebooks: {
    about: "Open the notebooks in JupyterLab; --run executes them, --html writes them as pages",
    usesLibrary: true,
    load: async () => (await import("./notebooks.ts")).command,
  },
};
