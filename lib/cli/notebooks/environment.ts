/**
 * The Python environment that notebooks run in, with this very Deno as their kernel.
 *
 * @module
 */
import { join } from "node:path";
import { EngineError } from "../../core/errors.ts";
import { PYTHON_COMMAND, runProgram } from "../../engine/install/python.ts";
import { writeSettings } from "./settings.ts";

/** What is installed from PyPI, pinned. */
const REQUIREMENTS = ["jupyterlab==4.6.6", "nbclient==0.11.0", "nbconvert==7.17.2"];

/** An environment that is ready. */
export interface NotebookEnvironment {
  /** Its Python. */
  readonly python: string;
  /** Variables for whatever is started in it. */
  readonly variables: Record<string, string>;
}

/**
 * Looks whether the environment is complete, points its kernel at the running Deno and writes its settings.
 *
 * @param folder The environment's folder.
 * @returns The environment, or undefined if it has to be made.
 */
export async function findEnvironment(folder: string): Promise<NotebookEnvironment | undefined> {
  const done = await Deno.readTextFile(join(folder, DONE)).catch(() => "");
  if (done !== REQUIREMENTS.join("\n")) return undefined;
  await writeKernel(folder);
  await writeSettings(folder);
  const python = join(
    folder,
    ...(Deno.build.os === "windows" ? ["Scripts", "python.exe"] : ["bin", "python"]),
  );
  // Otherwise a kernel of the same name in the user's own folder would come first.
  return { python, variables: { JUPYTER_PREFER_ENV_PATH: "1" } };
}

/**
 * Makes the environment: takes a minute or two and about 100 MB of downloads.
 *
 * @param folder The environment's folder; what is in it is replaced.
 * @returns The environment.
 * @throws {EngineError} If there is no Python with venv and pip, or the packages cannot be fetched.
 */
export async function makeEnvironment(folder: string): Promise<NotebookEnvironment> {
  await step(PYTHON_COMMAND, ["-m", "venv", "--clear", folder]);
  const bin = Deno.build.os === "windows" ? "Scripts" : "bin";
  await step(join(folder, bin, "python"), [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    ...REQUIREMENTS,
  ]);
  // Written last, so that an interrupted installation is made anew.
  await Deno.writeTextFile(join(folder, DONE), REQUIREMENTS.join("\n"));
  return (await findEnvironment(folder))!;
}

/** File that tells what was installed. */
const DONE = "nbn-requirements.txt";

/** The kernel's description, with the path of this Deno: one that came with npx is on no PATH. */
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
