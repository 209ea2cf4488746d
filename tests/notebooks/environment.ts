/**
 * The notebooks and the environment that they run in, which tests do not install.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { findEnvironment } from "../../lib/cli/notebooks/environment.ts";

/** Folder of the project. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Folder of the notebooks. */
export const NOTEBOOKS = join(ROOT, "notebooks");

/** File names of the notebooks, in their order. */
export const NAMES = [...Deno.readDirSync(NOTEBOOKS)]
  .map(({ name }) => name).filter((name) => name.endsWith(".ipynb") && !name.startsWith("."))
  .sort();

/** The environment, if it is installed. */
export const environment = await findEnvironment(ROOT);

const JUPYTER = environment ? undefined : "deno task notebooks --run installs JupyterLab";

/**
 * A test that needs the environment.
 *
 * @param name Name of the test.
 * @param fn The test; it is skipped, and its name says so, where something is not installed.
 * @param missing What installs something else that the test needs and lacks.
 */
export function jupyterTest(
  name: string,
  fn: () => Promise<void>,
  missing: string | undefined = JUPYTER,
): void {
  const ignore = missing !== undefined || JUPYTER !== undefined;
  Deno.test({ name: ignore ? `${name} (skipped: ${missing ?? JUPYTER})` : name, ignore, fn });
}

/**
 * Runs `deno task notebooks`.
 *
 * @param args Its arguments.
 * @param env Environment variables.
 * @returns Exit code and standard error.
 */
export async function notebooks(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; stderr: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", join(ROOT, "lib/cli/mod.ts"), "notebooks", ...args],
    env,
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}
