/**
 * NVIDIA's plugin with the part of its libraries that compiles, on machines without a GPU.
 *
 * @module
 */
import { join } from "node:path";
import { EngineError } from "../../../lib/core/errors.ts";
import { locatePlugin, locationIn } from "../../../lib/engine/install/locate_plugin.ts";
import { pluginBuild } from "../../../lib/engine/install/plugins.ts";
import { download } from "../../../lib/engine/install/setup.ts";
import { Api } from "../../../lib/engine/pjrt/api.ts";
import { Topology } from "../../../lib/engine/pjrt/topology.ts";
import { quietly } from "../../../lib/engine/quiet.ts";

/** Of the packages of `setup --device cuda13`, those without which it cannot compile: 257 MB of 1.34 GB. */
const PACKAGES = ["jax-cuda13-pjrt", "nvidia-nvvm", "nvidia-cuda-nvcc"];

/** A program for an H100. */
export interface Compiled {
  /** The serialised program. */
  readonly program: Uint8Array;
  /** Its operations after XLA's optimisations, as text. */
  readonly optimized: string;
}

/** Compiles a StableHLO module for one or several H100 that are not there. */
export type Compiler = (module: string, devices?: number) => Promise<Compiled>;

/** Where the plugin is, installed if necessary; `undefined` where its wheels cannot be had. */
async function location() {
  const found = await locatePlugin("cuda13"), build = pluginBuild("cuda13");
  if (found || !build) return found;
  const wheels = build.wheels.filter((wheel) => PACKAGES.includes(wheel.package));
  const folder = `${build.folder}-compiler`;
  try {
    const root = await download({ ...build, wheels, folder, tested: true }, {});
    return locationIn(root, build, "the cache");
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
}

/**
 * Opens the compiler, once in a process.
 *
 * @returns The compiler, or `undefined` where the wheels cannot be had.
 */
export async function openCompiler(): Promise<Compiler | undefined> {
  const found = await location();
  if (!found) return undefined;
  const folder = await Deno.makeTempDir({ prefix: "nbn-h100-" });
  const flags = Deno.env.get("XLA_FLAGS") ?? "";
  const dump = `--xla_dump_to=${folder} --xla_dump_hlo_as_text`;
  Deno.env.set("XLA_FLAGS", `${flags} --xla_gpu_cuda_data_dir=${found.cuda} ${dump}`);
  const config = await Deno.readTextFile(new URL("h100.txtpb", import.meta.url));
  const api = quietly(() => Api.load(found.library));
  return async (module, devices = 1) => {
    const options = { topology: `1x1x${devices}`, target_config: config };
    const h100 = new Topology(api, "gpu", options);
    const program = await h100.compile(new TextEncoder().encode(module), devices);
    h100.close();
    let optimized = "";
    for await (const { name } of Deno.readDir(folder)) {
      const path = join(folder, name);
      if (name.endsWith("after_optimizations.txt")) optimized = await Deno.readTextFile(path);
      await Deno.remove(path);
    }
    return { program, optimized };
  };
}
