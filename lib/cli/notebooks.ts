/**
 * `deno task notebooks`: opens the notebooks in JupyterLab, executes them, or writes them as a static site.
 *
 * @module
 */
import { PROGRAM } from "../core/program.ts";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../core/errors.ts";
import { exists } from "../core/exists.ts";
import type { Command } from "./command.ts";
import { type NotebookEnvironment, notebookEnvironment } from "./notebooks/environment.ts";
import { labArguments } from "./notebooks/lab.ts";
import { shippedAmong, trust } from "./notebooks/settings.ts";

const USAGE = `Usage: ${PROGRAM} notebooks [-- JUPYTER FLAGS...]
       ${PROGRAM} notebooks --run [--save] [NOTEBOOK...]
       ${PROGRAM} notebooks --html [--to FOLDER] [NOTEBOOK...]

Opens notebooks/ in JupyterLab, installed into .venv at the first call.
  --run   execute the named notebooks, by default all, and fail if one fails
  --save  keep the outputs of --run in the notebooks
  --html  write the named notebooks, by default all, as a static site, with their outputs
  --to    folder of the site, by default site/notebooks
  --help  this text
Arguments after -- are passed to JupyterLab, for instance: ${PROGRAM} notebooks -- --no-browser
Started by root, as in a container, JupyterLab listens only on this machine unless -- --ip=… is given.`;

/** Address of the project, which is a folder only in a clone. */
const ROOT = new URL("../../", import.meta.url);

/** Parsed flags. */
interface Flags {
  readonly run?: boolean;
  readonly save?: boolean;
  readonly html?: boolean;
  readonly to?: string;
}

/** The command `notebooks`. */
export const command: Command = {
  name: "notebooks",
  usage: USAGE,
  flags: {
    run: { type: "boolean" },
    save: { type: "boolean" },
    html: { type: "boolean" },
    to: { type: "string" },
  },
  positionals: true,
  passesOn: true,
  run,
};

async function run(flags: Flags, named: string[], forJupyter: string[]): Promise<number> {
  expectTogether(flags, named);
  const root = await clone();
  for (const notebook of named) {
    if (await isFile(notebook)) continue;
    throw new UsageError(`Expected a notebook but found none at ${notebook}`);
  }
  const notebooks = named.length > 0 ? named : await allNotebooks(root);
  if ((flags.run || flags.html) && notebooks.length === 0) {
    throw new UsageError("Expected notebooks but found none");
  }
  if (flags.run) return await runAll(root, notebooks, flags.save ?? false);
  if (flags.html) {
    const folder = flags.to ?? join(root, "site", "notebooks");
    const args = [script("write_site.py"), folder, ...notebooks];
    return await start(await notebookEnvironment(root), args);
  }
  return await openLab(root, notebooks, forJupyter);
}

/** Rejects conflicting flags. */
function expectTogether(flags: Flags, notebooks: readonly string[]): void {
  const wrong = flags.run && flags.html
    ? "Expected one of --run and --html but found both"
    : flags.save && !flags.run
    ? "Expected --save only with --run"
    : flags.to !== undefined && !flags.html
    ? "Expected --to only with --html"
    : notebooks.length > 0 && !flags.run && !flags.html
    ? "Expected notebooks only with --run or --html"
    : undefined;
  if (wrong) throw new UsageError(wrong);
}

/** Executes notebooks. Saved ones are marked as trusted: their outputs are no riskier than the code just executed. */
async function runAll(root: string, notebooks: readonly string[], save: boolean): Promise<number> {
  const environment = await notebookEnvironment(root);
  const args = [script("run.py"), ...save ? ["--save"] : [], ...notebooks];
  const code = await start(environment, args);
  if (save && code === 0) await trust(environment, notebooks);
  return code;
}

/** Runs JupyterLab until the user ends it. */
async function openLab(
  folder: string,
  notebooks: readonly string[],
  given: readonly string[],
): Promise<number> {
  const root = Deno.build.os !== "windows" && Deno.uid() === 0;
  const lab = labArguments({ folder: join(folder, "notebooks"), given, root });
  const environment = await notebookEnvironment(folder);
  await trust(environment, shippedAmong(notebooks));
  if (root) {
    console.error("Started by root: JupyterLab keeps its token and listens only on this machine");
  }
  return await start(environment, lab);
}

/** Returns the folder of the clone that holds the notebooks. */
async function clone(): Promise<string> {
  const folder = ROOT.protocol === "file:" ? fileURLToPath(ROOT) : undefined;
  if (folder !== undefined && await exists(join(folder, "notebooks"))) return folder;
  throw new UsageError(
    `Expected a clone of the project, which has the notebooks, but found the package at ${ROOT.href}: ` +
      "clone it, and run deno task notebooks there",
  );
}

async function start(
  { python, variables }: NotebookEnvironment,
  args: string[],
): Promise<number> {
  const child = new Deno.Command(python, {
    args,
    env: variables,
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  return (await child.status).code;
}

async function allNotebooks(root: string): Promise<string[]> {
  const folder = join(root, "notebooks");
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  return entries.map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb") && !name.startsWith("."))
    .sort()
    .map((name) => join(folder, name));
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => undefined))?.isFile ?? false;
}

function script(name: string): string {
  return fileURLToPath(new URL(`./notebooks/${name}`, import.meta.url));
}
