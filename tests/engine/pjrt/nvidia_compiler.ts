/**
 * NVIDIA's plugin with the part of its libraries that compiles, on machines without a GPU.
 *
 * @module
 */
import { join } from "node:path";
import { EngineError } from "../../../lib/core/errors.ts";
import { download } from "../../../lib/engine/install/setup.ts";
import { locatePlugin, locationIn } from "../../../lib/engine/install/locate_plugin.ts";
import { pluginBuild } from "../../../lib/engine/install/plugins.ts";
import { Api } from "../../../lib/engine/pjrt/api.ts";
import { quietly } from "../../../lib/engine/quiet.ts";
import { Topology } from "../../../lib/engine/pjrt/topology.ts";

/** Of the packages of `setup --device cuda13`, those without which it cannot compile: 257 MB of 1.34 GB. */
const PACKAGES = ["jax-cuda13-pjrt", "nvidia-nvvm", "nvidia-cuda-nvcc"];

/** Where the plugin is, installed if necessary; `undefined` where its wheels cannot be had. */
async function location() {
  const found = await locatePlugin("cuda13"), build = pluginBuild("cuda13");
  if (found || !build) return found;
  const wheels = build.wheels.filter((wheel) => PACKAGES.includes(wheel.package));
  try {
    const folder = await download(
      { ...build, wheels, folder: `${build.folder}-compiler`, platform: "an H100", tested: true },
      {},
    );
    return locationIn(folder, build, "the cache");
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
}

/**
 * Opens the compiler for an H100 that is not there.
 *
 * @returns The description of the H100, or `undefined` where the wheels cannot be had.
 */
export async function openH100(): Promise<Topology | undefined> {
  const found = await location();
  if (!found) return undefined;
  const flags = Deno.env.get("XLA_FLAGS") ?? "";
  Deno.env.set("XLA_FLAGS", `${flags} --xla_gpu_cuda_data_dir=${found.cuda}`);
  const config = await Deno.readTextFile(new URL("h100.txtpb", import.meta.url));
  return quietly(() =>
    new Topology(Api.load(found.library), "gpu", { topology: "1x1x1", target_config: config })
  );
}
