/**
 * The Python environment of the notebooks, with the running Deno as their kernel.
 *
 * @module
 */
import { join } from "node:path";
import { EngineError } from "../../core/errors.ts";
import { PYTHON_COMMAND, runProgram } from "../../engine/install/python.ts";
import { writeSettings } from "./settings.ts";

/** Packages from PyPI, pinned. */
const REQUIREMENTS = ["jupyterlab==4.6.6", "nbclient==0.11.0", "nbconvert==7.17.2"];

/** A complete environment. */
export interface NotebookEnvironment {
  /** Its folder. */
  readonly folder: string;
  /** Path of its Python. */
  readonly python: string;
  /** Environment variables for processes started in it. */
  readonly variables: Record<string, string>;
}

/**
 * Returns the environment, which is installed at the first call: that takes a minute or two and downloads about 100 MB.
 *
 * @param root Folder of the project.
 * @returns The environment, with the running Deno as its kernel.
 * @throws {EngineError} If there is no Python with venv and pip, or the packages cannot be downloaded.
 */
export async function notebookEnvironment(root: string): Promise<NotebookEnvironment> {
  const found = await findEnvironment(root);
  if (found) return found;
  console.error("Installing JupyterLab into .venv (one to two minutes) …");
  const folder = folderIn(root);
  await step(PYTHON_COMMAND, ["-m", "venv", "--clear", folder]);
  await step(pythonIn(folder), [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    ...REQUIREMENTS,
  ]);
  // Written last, so that an interrupted installation is repeated.
  await Deno.writeTextFile(join(folder, DONE), REQUIREMENTS.join("\n"));
  return (await findEnvironment(root))!;
}

/**
 * Checks whether the environment is complete; if so, registers the running Deno as its kernel and writes its settings.
 *
 * @param root Folder of the project.
 * @returns The environment, or `undefined` if it has to be installed.
 */
export async function findEnvironment(root: string): Promise<NotebookEnvironment | undefined> {
  const folder = folderIn(root);
  const done = await Deno.readTextFile(join(folder, DONE)).catch(() => "");
  if (done !== REQUIREMENTS.join("\n")) return undefined;
  await writeKernel(folder);
  await writeSettings(folder);
  // Otherwise a kernel of the same name in the user's home folder would take precedence.
  return { folder, python: pythonIn(folder), variables: { JUPYTER_PREFER_ENV_PATH: "1" } };
}

function folderIn(root: string): string {
  return join(root, ".venv");
}

function pythonIn(folder: string): string {
  return join(
    folder,
    ...(Deno.build.os === "windows" ? ["Scripts", "python.exe"] : ["bin", "python"]),
  );
}

/** File that lists the installed packages. */
const DONE = "nbn-requirements.txt";

/** Writes the kernel specification with the path of the running Deno, since one started by npx is not on the PATH. */
async function writeKernel(folder: string): Promise<void> {
  const kernel = join(folder, "share", "jupyter", "kernels", "deno");
  await Deno.mkdir(kernel, { recursive: true });
  await Deno.writeTextFile(
    join(kernel, "kernel.json"),
    JSON.stringify(
      {
        argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
        display_name: "Deno",
        language: "typescript",
        // Colour codes would end up in the saved outputs.
        env: { NO_COLOR: "1" },
      },
      null,
      2,
    ),
  );
}

async function step(command: string, args: string[]): Promise<void> {
  const ran = await runProgram(command, args);
  if (ran?.success) return;
  const complaint = ran ? (ran.stderr || ran.stdout).trim() : "no such program";
  throw new EngineError(
    `Expected \`${command} ${args.slice(0, 2).join(" ")}\` to work but found: ${complaint}. ` +
      "The notebooks need Python with venv and pip, and PyPI within reach",
  );
}
