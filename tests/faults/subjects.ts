/**
 * What the toolkit writes, in versions 1, 2, 3, … that can be told apart.
 *
 * @module
 */

/** Something that is written again and again. */
export interface Subject {
  /** Prepares what is read, once, before any fault. */
  prepare?(folder: string): Promise<void>;
  /**
   * Writes a version.
   *
   * @param folder The folder, empty before the first version.
   * @param version Its number, one more than that of the version that is there.
   */
  write(folder: string, version: number): Promise<void>;
  /**
   * Checks that what is there is whole.
   *
   * @param folder The folder.
   * @param written The last version of which it is known that it was written: it or the next one has to be there.
   * @returns The version that is there, 0 if there is none; `refused` if the toolkit asks to write it again.
   * @throws {Error} If something is damaged.
   */
  check(folder: string, written: number): Promise<number | "refused">;
}

/** All subjects by name, loaded one at a time. */
export const SUBJECTS: Readonly<
  Record<string, { readonly about: string; load(): Promise<Subject> }>
> = {
  run: {
    about: "training: checkpoints, best network, log, configuration, summary",
    load: async () => (await import("./subjects/run.ts")).run,
  },
  packed: {
    about: "packed data set",
    load: async () => (await import("./subjects/packed.ts")).packed,
  },
  import: {
    about: "`data import` over an earlier import",
    load: async () => (await import("./subjects/imported.ts")).imported,
  },
  setup: {
    about: "`setup`: unpacking a library into the cache",
    load: async () => (await import("./subjects/installed.ts")).installed,
  },
  page: {
    about: "report, analysis, table of predictions",
    load: async () => (await import("./subjects/page.ts")).page,
  },
};
