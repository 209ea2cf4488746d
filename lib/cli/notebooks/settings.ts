/**
 * The project's own settings of JupyterLab, which stay within its environment.
 *
 * @module
 */
import { join } from "node:path";
import { runProgram } from "../../engine/install/python.ts";

/** Name of a notebook that comes with the project: numbered in reading order. */
const SHIPPED = /^\d\d_\w+\.ipynb$/;

/**
 * Writes the settings: no question about news, whose answer would be kept for every other project, and signatures of
 * trusted notebooks in the environment rather than in the user's own folder.
 *
 * @param folder The environment's folder.
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
 * The notebooks that come with the project, among others that a user has put beside them.
 *
 * @param notebooks Paths of notebooks.
 * @returns Those that are numbered in reading order.
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
 * @param folder The environment's folder.
 * @param notebooks Paths of notebooks whose outputs are known to be harmless.
 * @param python The environment's Python.
 */
export async function trust(
  folder: string,
  notebooks: readonly string[],
  python: string,
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

/** Where signatures and the key that makes them are kept. */
function signaturesIn(folder: string): string {
  return join(folder, "share", "jupyter");
}

async function writeJson(folder: string, name: string, content: unknown): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, name), JSON.stringify(content, null, 2));
}
