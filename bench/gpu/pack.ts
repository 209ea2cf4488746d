/**
 * Packing what measuring on a GPU needs into a folder, for a machine without network.
 *
 * @module
 */
import { folderSize } from "../../lib/engine/install/watch.ts";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { EngineError } from "../../lib/core/errors.ts";
import { engine } from "../../lib/engine/engine.ts";
import { setupPlugin } from "../../lib/engine/install/setup_plugin.ts";
import { runProgram } from "../../lib/engine/install/python.ts";
import { Client } from "../../lib/engine/pjrt/client.ts";
import type { GpuCase } from "./case.ts";
import { lowerCase } from "./lowered_case.ts";

const ROOT = new URL("../../", import.meta.url);

/**
 * Lists the code that runs on the other machine.
 *
 * @returns Paths below the project's folder of `bench/gpu/check.ts` and of all that it imports.
 * @throws {EngineError} If Deno does not tell.
 */
export async function packedCode(): Promise<string[]> {
  const script = new URL("bench/gpu/check.ts", ROOT).href;
  const ran = await runProgram(Deno.execPath(), ["info", "--json", script]);
  if (!ran?.success) {
    throw new EngineError(
      `Expected Deno to list the imports of ${script} but found ${ran?.stderr}`,
    );
  }
  const { modules } = JSON.parse(ran.stdout) as { modules: { specifier: string }[] };
  return modules.map(({ specifier }) => specifier)
    .filter((specifier) => specifier.startsWith(ROOT.href))
    .map((specifier) => specifier.slice(ROOT.href.length));
}

/**
 * Writes the folder: Deno itself, the client, the lowered steps, and scripts for JAX and PyTorch beside them.
 *
 * @param folder Folder to write; it must not exist.
 * @param cases The training steps.
 * @param onProgress Called with a line for each part.
 * @returns Its size in bytes.
 * @throws {EngineError} If the backend is not libtensorflow, or Deno cannot be compressed.
 */
export async function pack(
  folder: string,
  cases: readonly GpuCase[],
  onProgress: (line: string) => void,
): Promise<number> {
  const { backend } = await engine({ prefer: "cpu" });
  if (backend !== "tensorflow") {
    throw new EngineError(
      `Expected the tensorflow backend, which records the steps, but found ${backend}: run deno task setup`,
    );
  }
  const { location } = await setupPlugin("cpu-plugin", { onNote: onProgress });
  const client = Client.open(location.library);
  await Deno.mkdir(folder);
  for (const given of cases) {
    onProgress(`Recording ${given.name}`);
    const { module, manifest, values } = await lowerCase(client, given);
    const into = join(folder, given.name);
    await Deno.mkdir(into);
    await Deno.writeFile(join(into, "module.mlir.gz"), gzipSync(module));
    await Deno.writeTextFile(join(into, "manifest.json"), JSON.stringify(manifest));
    if (values) await Deno.writeFile(join(into, "state.f32"), new Uint8Array(values.buffer));
  }
  for (const path of await packedCode()) {
    const to = join(folder, path);
    await Deno.mkdir(dirname(to), { recursive: true });
    await Deno.copyFile(new URL(path, ROOT), to);
  }
  for (const name of ["check.sh", "peers.py"]) {
    await Deno.copyFile(new URL(`bench/gpu/${name}`, ROOT), join(folder, name));
  }
  onProgress("Compressing Deno");
  const compress = "import lzma, shutil, sys\n" +
    "shutil.copyfileobj(open(sys.argv[1], 'rb'), lzma.open(sys.argv[2], 'wb', preset=3))";
  const ran = await runProgram("python3", [
    "-c",
    compress,
    Deno.execPath(),
    join(folder, "deno.xz"),
  ]);
  if (!ran?.success) {
    throw new EngineError(`Expected python3 to compress Deno but found ${ran?.stderr ?? "none"}`);
  }
  return await folderSize(folder);
}
