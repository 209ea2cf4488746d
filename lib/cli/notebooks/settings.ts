/**
 * JupyterLab settings, written to the project's virtual environment only.
 *
 * @module
 */
import { join } from "node:path";
import { runProgram } from "../../engine/install/python.ts";

/** File name of a notebook of the project, numbered in reading order. */
const SHIPPED = /^\d\d_\w+\.ipynb$/;

/**
 * Writes the settings: no prompt about news, whose answer would be stored for all projects, and signatures of trusted
 * notebooks in the environment rather than in the user's home folder.
 *
 * @param folder Folder of the environment.
 */
export async function writeSettings(folder: string): Promise<void> {
  await writeJson(join(folder, "share", "jupyter", "lab", "settings"), "overrides.json", {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  });
  await writeJson(join(folder, "etc", "jupyter"), "jupyter_server_config.json", {
    NotebookNotary: { data_dir: signaturesIn(folder) },
  });
}

/**
 * Selects the notebooks of the project from a folder that may also hold the user's.
 *
 * @param notebooks Paths of notebooks.
 * @returns Those numbered in reading order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shippedAmong(["notebooks/01_long_tails.ipynb", "notebooks/mine.ipynb"]), [
 *   "notebooks/01_long_tails.ipynb",
 * ]);
 * ```
 */
export function shippedAmong(notebooks: readonly string[]): string[] {
  return notebooks.filter((path) => SHIPPED.test(path.replace(/^.*[/\\]/, "")));
}

/**
 * Marks notebooks as trusted, so that JupyterLab shows their figures; others stay untrusted until they are run in it.
 *
 * @param environment Folder and Python of the environment.
 * @param notebooks Paths of notebooks whose outputs are known to be harmless.
 */
export async function trust(
  { folder, python }: { readonly folder: string; readonly python: string },
  notebooks: readonly string[],
): Promise<void> {
  if (notebooks.length === 0) return;
  const ran = await runProgram(python, ["-m", "nbformat.sign", ...notebooks], {
    JUPYTER_DATA_DIR: signaturesIn(folder),
  });
  if (ran?.success) return;
  const complaint = ran?.stderr.trim().split("\n").at(-1) ?? "no such program";
  console.error(
    `The notebooks could not be marked as trusted, so run them to see figures: ${complaint}`,
  );
}

/** Folder of the signatures and of their key. */
function signaturesIn(folder: string): string {
  return join(folder, "share", "jupyter");
}

async function writeJson(folder: string, name: string, content: unknown): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, name), JSON.stringify(content, null, 2));
}
