/**
 * PJRT plugins that can be installed.
 *
 * All are for Linux x86-64. Other plugins are known but not installed, because nobody has run this project on them: on
 * macOS arm64 Apple's former `jax-metal` is no longer maintained and its successors (`jax-graft`, `jax-mlx-plugin`,
 * `metaljax`) are experimental; on Linux arm64 `jax-cuda13-pjrt` exists for the same version. `NBN_PJRT_PLUGIN` names
 * the library of any of them.
 *
 * @module
 */
import { type Build, type Machine, machineName } from "./platform.ts";
import * as WHEELS from "./plugin_wheels.ts";

/** Kind of accelerator that `deno task setup --device` installs a plugin for; `cpu-plugin` is meant for tests. */
export type PluginName = "cuda13" | "cuda12" | "tpu" | "rocm" | "oneapi" | "cpu-plugin";

/** A plugin and its libraries. */
export interface PluginBuild extends Build {
  /** Kind of accelerator. */
  readonly name: PluginName;
  /** Name for people, for instance `NVIDIA GPUs (CUDA 13)`. */
  readonly title: string;
  /** Path of the plugin's shared library in the folder. */
  readonly library: string;
  /** Path in the folder of NVIDIA's compiler, for `--xla_gpu_cuda_data_dir`. */
  readonly cuda?: string;
  /** What has to be on the machine besides. */
  readonly needs?: string;
  /** Name of a library of what it needs, if its absence can be recognised by that. */
  readonly driver?: string;
  /** Paths in the folder of the libraries that the plugin loads by name, the ones that others need first. */
  readonly loads?: readonly string[];
}

/** The plugins, the first that may be chosen by itself first. */
const PLUGINS: readonly Omit<PluginBuild, "platform" | "files" | "folder">[] = [
  {
    name: "cuda13",
    title: "NVIDIA GPUs (CUDA 13)",
    library: "jax_plugins/xla_cuda13/xla_cuda_plugin.so",
    cuda: "nvidia/cu13",
    needs: "NVIDIA's driver 580 or later",
    driver: "libcuda.so.1",
    loads: [
      ...["cudart", "nvrtc", "nvJitLink", "cublasLt", "cublas", "cupti"]
        .map((name) => `nvidia/cu13/lib/lib${name}.so.13`),
      "nvidia/cudnn/lib/libcudnn.so.9",
    ],
    wheels: WHEELS.CUDA13,
    tested: false,
  },
  {
    name: "cuda12",
    title: "NVIDIA GPUs (CUDA 12)",
    library: "jax_plugins/xla_cuda12/xla_cuda_plugin.so",
    cuda: "nvidia/cuda_nvcc",
    needs: "NVIDIA's driver 525 or later",
    driver: "libcuda.so.1",
    loads: [
      "nvidia/cuda_runtime/lib/libcudart.so.12",
      "nvidia/cuda_nvrtc/lib/libnvrtc.so.12",
      "nvidia/nvjitlink/lib/libnvJitLink.so.12",
      "nvidia/cublas/lib/libcublasLt.so.12",
      "nvidia/cublas/lib/libcublas.so.12",
      "nvidia/cuda_cupti/lib/libcupti.so.12",
      "nvidia/cudnn/lib/libcudnn.so.9",
    ],
    wheels: WHEELS.CUDA12,
    tested: false,
  },
  {
    name: "tpu",
    title: "Google's TPUs",
    library: "libtpu/libtpu.so",
    wheels: WHEELS.TPU,
    tested: false,
  },
  {
    name: "rocm",
    title: "AMD GPUs (ROCm 7)",
    library: "jax_plugins/xla_rocm7/xla_rocm_plugin.so",
    needs: "AMD's ROCm 7 libraries",
    wheels: WHEELS.ROCM,
    tested: false,
  },
  {
    name: "oneapi",
    title: "Intel GPUs (oneAPI)",
    library: "jax_plugins/xla_oneapi/xla_oneapi_plugin.so",
    needs: "Intel's oneAPI libraries and GPU driver",
    wheels: WHEELS.ONEAPI,
    tested: false,
  },
  {
    name: "cpu-plugin",
    title: "this processor (XLA's CPU plugin, for tests)",
    library: "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
    wheels: WHEELS.CPU_PLUGIN,
    tested: true,
  },
];

/** Names of the plugins, the first that may be chosen by itself first. */
export const PLUGIN_NAMES: readonly PluginName[] = PLUGINS.map(({ name }) => name);

/**
 * Returns the wheels of a plugin.
 *
 * @param name Kind of accelerator.
 * @param machine The machine, by default this one.
 * @returns The plugin and its libraries, or `undefined` if there is none for the machine.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const build = pluginBuild("cuda13", { os: "linux", arch: "x86_64" });
 * assertEquals(build?.wheels[0].package, "jax-cuda13-pjrt");
 * assertEquals(pluginBuild("cuda13", { os: "darwin", arch: "aarch64" }), undefined);
 * ```
 */
export function pluginBuild(
  name: PluginName,
  machine: Machine = Deno.build,
): PluginBuild | undefined {
  if (machineName(machine) !== "linux x86_64") return undefined;
  const plugin = PLUGINS.find((plugin) => plugin.name === name)!;
  const [{ version }] = plugin.wheels;
  return {
    ...plugin,
    platform: "Linux x86-64",
    folder: `pjrt-${name}-${version}`,
    files: [plugin.library],
  };
}
