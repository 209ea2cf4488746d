/**
 * The cache of compiled programs: compiling a step takes seconds to minutes, loading it less than a second.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writableByAll } from "../install/writable_by_all.ts";
import type { Client, Device } from "./client.ts";
import { PjrtError } from "./pjrt_error.ts";
import type { DeviceProgram } from "./program.ts";

/** First line of a file; another one after a change of the format. */
const FORMAT = "NBN program 1";

/** Bytes that the cache may hold; beyond, the programs that were not used for the longest time are removed. */
const LIMIT = 2e9;

/** Options of {@linkcode ProgramCache}. */
export interface ProgramCacheOptions {
  /** Folder of the files; created when the first program is kept. */
  readonly folder: string;
  /** What a program depends on besides its module: the plugin, its version, the devices. */
  readonly identity: string;
  /** Called with notes for the user. */
  readonly onNote?: (note: string) => void;
}

/** Compiles modules, or loads what was compiled before. */
export class ProgramCache {
  readonly #client: Client;
  readonly #devices: readonly Device[];
  readonly #options: ProgramCacheOptions;

  /**
   * @param client The plugin's client.
   * @param devices The devices to compile for, which run a program together.
   * @param options Folder and identity.
   */
  constructor(client: Client, devices: readonly Device[], options: ProgramCacheOptions) {
    this.#client = client;
    this.#devices = devices;
    this.#options = options;
  }

  /**
   * Returns the program of a module. A file that is damaged, or that the plugin refuses, is replaced, with a note.
   *
   * @param module A StableHLO module as text.
   * @returns The program and whether it came from the cache.
   * @throws {PjrtError} If the module cannot be compiled.
   */
  async program(module: string): Promise<{ program: DeviceProgram; isCached: boolean }> {
    const { identity } = this.#options;
    const key = createHash("sha256").update(`${identity}\n${module}`).digest("hex");
    const path = join(this.#options.folder, `${key}.pjrt`);
    const program = await this.#loaded(path);
    if (program) return { program, isCached: true };
    const bytes = new TextEncoder().encode(module);
    const compiled = await this.#client.compile(bytes, this.#devices);
    await this.#keep(path, compiled);
    return { program: compiled, isCached: false };
  }

  async #loaded(path: string): Promise<DeviceProgram | undefined> {
    const file = await Deno.readFile(path).catch(() => undefined);
    if (!file) return undefined;
    const refused = (why: string) => {
      this.#options.onNote?.(`Compiling again, for the kept program ${path} ${why}`);
      return undefined;
    };
    // A program is native code.
    if (await writableByAll([this.#options.folder, path])) {
      return refused("can be changed by everyone");
    }
    const [format, digest] = new TextDecoder().decode(file.subarray(0, 200)).split("\n", 2);
    if (format !== FORMAT) return refused("is of another version");
    const bytes = file.slice(FORMAT.length + digest.length + 2);
    if (digestOf(bytes) !== digest) return refused("is damaged");
    try {
      const program = await this.#client.load(bytes, this.#devices.length);
      // The time tells which programs are in use.
      await Deno.utime(path, new Date(), new Date()).catch(() => {});
      return program;
    } catch (error) {
      if (!(error instanceof PjrtError)) throw error;
      return refused(`cannot be loaded (${error.message})`);
    }
  }

  /** Keeps a program; one that cannot be kept is compiled again the next time. */
  async #keep(path: string, program: DeviceProgram): Promise<void> {
    try {
      const bytes = program.serialize(), { folder } = this.#options;
      await Deno.mkdir(folder, { recursive: true });
      const temporary = await Deno.makeTempFile({ dir: folder });
      const head = new TextEncoder().encode(`${FORMAT}\n${digestOf(bytes)}\n`);
      await Deno.writeFile(temporary, new Blob([head, bytes]).stream());
      await Deno.rename(temporary, path);
      await removeOldest(folder);
    } catch (error) {
      // A command that writes nothing may not write here either.
      if (error instanceof Deno.errors.NotCapable) return;
      const { message } = error as Error;
      this.#options.onNote?.(`The compiled program is not kept for the next time: ${message}`);
    }
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Removes programs until the others fit into the limit. */
async function removeOldest(folder: string): Promise<void> {
  const files: { path: string; size: number; used: number }[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    const path = join(folder, name), info = await Deno.stat(path).catch(() => undefined);
    if (info) files.push({ path, size: info.size, used: info.mtime?.getTime() ?? 0 });
  }
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files.sort((a, b) => a.used - b.used)) {
    if (total <= LIMIT) break;
    await Deno.remove(path).catch(() => {});
    total -= size;
  }
}
