/**
 * `deno task notebooks`: opens the notebooks in JupyterLab, runs them all, or writes them as a site.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { EngineError, UsageError } from "../core/errors.ts";
import {
  findEnvironment,
  makeEnvironment,
  type NotebookEnvironment,
} from "./notebooks/environment.ts";
import { labArguments } from "./notebooks/lab.ts";
import { shippedAmong, trust } from "./notebooks/settings.ts";

const USAGE = `Usage: deno task notebooks [-- JUPYTER FLAGS...]
       deno task notebooks --run [--save] [NOTEBOOK...]
       deno task notebooks --html [--to FOLDER] [NOTEBOOK...]

Opens notebooks/ in JupyterLab, installed into .venv at the first call.
  --run   execute the notebooks named, by default all, and fail if one of them does
  --save  keep the outputs of --run in the notebooks
  --html  write the notebooks named, by default all, as a static site, with the outputs that they hold
  --to    folder of the site, by default site/notebooks
  --help  this text
What follows -- goes to JupyterLab, for instance: deno task notebooks -- --no-browser
Started by root, as in a container, JupyterLab listens to this machine alone unless -- --ip=… says otherwise.`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const VENV = join(ROOT, ".venv");

/** Runs the task and returns the exit code. */
async function main(args: string[]): Promise<number> {
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
    if (flags.run) {
      return await runAll(notebooks, flags.save ?? false);
    }
    if (flags.html) {
      return await start([
        script("write_site.py"),
        flags.to ?? join(ROOT, "site", "notebooks"),
        ...notebooks,
      ]);
    }
    return await openLab(notebooks, args.slice(end + 1));
  } catch (error) {
    if (error instanceof UsageError) return refuse(error.message);
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

/** Executes notebooks; what they show is then as harmless as what they do. */
async function runAll(notebooks: readonly string[], save: boolean): Promise<number> {
  const code = await start([script("run.py"), ...save ? ["--save"] : [], ...notebooks]);
  if (save && code === 0) await trust(VENV, notebooks, (await prepare()).python);
  return code;
}

/** Opens JupyterLab until the user ends it. */
async function openLab(notebooks: readonly string[], given: readonly string[]): Promise<number> {
  const root = Deno.build.os !== "windows" && Deno.uid() === 0;
  const lab = labArguments({ folder: join(ROOT, "notebooks"), given, root });
  const { python } = await prepare();
  await trust(VENV, shippedAmong(notebooks), python);
  if (root) {
    console.error("Started by root: JupyterLab keeps its token, and listens to this machine alone");
  }
  return await start(lab);
}

async function prepare(): Promise<NotebookEnvironment> {
  const found = await findEnvironment(VENV);
  if (found) return found;
  console.error("Installing JupyterLab into .venv, which takes a minute or two …");
  return await makeEnvironment(VENV);
}

async function start(args: string[]): Promise<number> {
  const { python, variables } = await prepare();
  const child = new Deno.Command(python, {
    args,
    env: variables,
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
