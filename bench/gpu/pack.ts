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
import { CASES } from "./case.ts";
import { lowerCase } from "./lowered_case.ts";

const ROOT = new URL("../../", import.meta.url);

/** Code that runs on the other machine, with what it imports. */
const CODE = [
  ...["bench/gpu/case.ts", "bench/gpu/check.ts", "bench/gpu/initial_state.ts"],
  ...["lib/core/errors.ts", "lib/engine/pin.ts", "lib/engine/quiet.ts"],
  ...[
    ...["api", "buffer", "client", "element_types", "named_values", "pjrt_error", "program"],
    "structure",
  ].map((name) => `lib/engine/pjrt/${name}.ts`),
];

/**
 * Writes the folder: Deno itself, the client, the lowered steps, and scripts for JAX and PyTorch beside them.
 *
 * @param folder Folder to write; it must not exist.
 * @param onProgress Called with a line for each part.
 * @returns Its size in bytes.
 * @throws {EngineError} If the backend is not libtensorflow, or Deno cannot be compressed.
 */
export async function pack(folder: string, onProgress: (line: string) => void): Promise<number> {
  const { backend } = await engine({ prefer: "cpu" });
  if (backend !== "tensorflow") {
    throw new EngineError(
      `Expected the tensorflow backend, which records the steps, but found ${backend}: run deno task setup`,
    );
  }
  const { location } = await setupPlugin("cpu-plugin", { onNote: onProgress });
  const client = Client.open(location.library);
  await Deno.mkdir(folder);
  for (const given of CASES) {
    onProgress(`Recording ${given.name}`);
    const { module, manifest, values } = await lowerCase(client, given);
    const into = join(folder, given.name);
    await Deno.mkdir(into);
    await Deno.writeFile(join(into, "module.mlir.gz"), gzipSync(module));
    await Deno.writeTextFile(join(into, "manifest.json"), JSON.stringify(manifest));
    if (values) await Deno.writeFile(join(into, "state.f32"), new Uint8Array(values.buffer));
  }
  for (const path of CODE) {
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
