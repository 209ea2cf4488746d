/**
 * `deno task notebooks`: opens the notebooks in JupyterLab, runs them all, or writes them as a site.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { EngineError } from "../core/errors.ts";
import {
  findEnvironment,
  makeEnvironment,
  type NotebookEnvironment,
} from "./notebooks/environment.ts";

const USAGE = `Usage: deno task notebooks [-- JUPYTER FLAGS...]
       deno task notebooks --run [--save] [NOTEBOOK...]
       deno task notebooks --html [--to FOLDER] [NOTEBOOK...]

Opens notebooks/ in JupyterLab, installed into .venv at the first call.
  --run   execute the notebooks named, by default all, and fail if one of them does
  --save  keep the outputs of --run in the notebooks
  --html  write the notebooks named, by default all, as a static site, with the outputs that they hold
  --to    folder of the site, by default site/notebooks
  --help  this text
What follows -- goes to JupyterLab, for instance: deno task notebooks -- --no-browser`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Runs the task and returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  let parsed;
  try {
    parsed = parseArgs({
      args: args.slice(0, end),
      options: {
        run: { type: "boolean" },
        save: { type: "boolean" },
        html: { type: "boolean" },
        to: { type: "string" },
        help: { type: "boolean" },
      },
      allowPositionals: true,
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
  const { values: flags, positionals } = parsed;
  if (flags.help) {
    console.log(USAGE);
    return 0;
  }
  const wrong = contradiction(flags, positionals);
  if (wrong) return refuse(wrong);
  const notebooks = positionals.length > 0 ? positionals : await allNotebooks();
  if ((flags.run || flags.html) && notebooks.length === 0) {
    return refuse("Expected notebooks but found none");
  }
  for (const notebook of positionals) {
    if (!await isFile(notebook)) return refuse(`Expected a notebook but found none at ${notebook}`);
  }
  try {
    const environment = await prepare();
    const folder = flags.to ?? join(ROOT, "site", "notebooks");
    return await start(
      environment,
      flags.run
        ? [script("run.py"), ...(flags.save ? ["--save"] : []), ...notebooks]
        : flags.html
        ? [script("write_site.py"), folder, ...notebooks]
        : ["-m", "jupyterlab", `--notebook-dir=${join(ROOT, "notebooks")}`, ...args.slice(end + 1)],
    );
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    console.error(error.message);
    return 1;
  }
}

/** Flags as they were typed. */
interface Flags {
  readonly run?: boolean;
  readonly save?: boolean;
  readonly html?: boolean;
  readonly to?: string;
}

/** What does not go together, in words. */
function contradiction(flags: Flags, notebooks: readonly string[]): string | undefined {
  if (flags.run && flags.html) return "Expected one of --run and --html but found both";
  if (flags.save && !flags.run) return "Expected --run where --save is given";
  if (flags.to !== undefined && !flags.html) return "Expected --html where --to is given";
  if (flags.to === "") return "Expected a folder after --to but found nothing";
  if (notebooks.length > 0 && !flags.run && !flags.html) {
    return "Expected --run or --html where notebooks are given";
  }
}

function refuse(message: string): number {
  console.error(`${message}; deno task notebooks --help lists the flags`);
  return 2;
}

async function prepare(): Promise<NotebookEnvironment> {
  const folder = join(ROOT, ".venv");
  const found = await findEnvironment(folder);
  if (found) return found;
  console.error("Installing JupyterLab into .venv, which takes a minute or two …");
  return await makeEnvironment(folder);
}

async function start(environment: NotebookEnvironment, args: string[]): Promise<number> {
  const child = new Deno.Command(environment.python, {
    args,
    env: environment.variables,
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  return (await child.status).code;
}

async function allNotebooks(): Promise<string[]> {
  const folder = join(ROOT, "notebooks");
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

if (import.meta.main) Deno.exit(await main(Deno.args));
