/**
 * The wheels that hold PJRT plugins and the libraries they load.
 *
 * All are for Linux x86-64. Other plugins are known but not installed, because nobody has run this project on them: on
 * macOS arm64 Apple's former `jax-metal` is no longer maintained and its successors (`jax-graft`, `jax-mlx-plugin`,
 * `metaljax`) are experimental; on Linux arm64 `jax-cuda13-pjrt` exists for the same version. `NBN_PJRT_PLUGIN` names
 * the library of any of them.
 *
 * @module
 */
import { type Build, type Machine, machineName } from "./platform.ts";
import type { Wheel } from "./wheel.ts";

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

/** Shared libraries, and NVIDIA's assembler, linker and device library, which XLA uses. */
function isLibrary(path: string): boolean {
  return /\.so(\.\d+)*$|^nvidia\/[^/]+\/(bin\/(ptxas|nvlink|fatbinary)$|nvvm\/libdevice\/)/
    .test(path);
}

function wheel(
  name: string,
  version: string,
  platform: string,
  megabytes: number,
  sha256: string,
  tags: Partial<Pick<Wheel, "python" | "abi">> = {},
): Wheel {
  const { python = "3.11", abi = "none" } = tags;
  return { package: name, version, platform, python, abi, sha256, megabytes, keep: isLibrary };
}

const CUDA13: readonly Wheel[] = [
  wheel(
    "jax-cuda13-pjrt",
    "0.12.0.1",
    "manylinux_2_27_x86_64",
    135,
    "5899bb6177eda86ea532afb9a26794f2bdd04966f6a01f9028266b16c2b6cf90",
  ),
  wheel(
    "nvidia-cudnn-cu13",
    "9.28.1.4",
    "manylinux_2_27_x86_64",
    517,
    "a54f205b1db1f2895d99f398754db1369816f0569dd459731f925635cf7b65ec",
  ),
  wheel(
    "nvidia-cublas",
    "13.10.0.20",
    "manylinux_2_5_x86_64",
    444,
    "dcc6d63884c53d07e267ce7e6feac17b2538cebaafec5db865736c3e28e4dc84",
  ),
  wheel(
    "nvidia-nvvm",
    "13.5.37",
    "manylinux_2_12_x86_64",
    75,
    "c41bfa362e407405163f103c2229f0765f8cc2ed7d148b754dc77f228bf7e070",
  ),
  wheel(
    "nvidia-cuda-nvrtc",
    "13.5.37",
    "manylinux_2_12_x86_64",
    58,
    "86b4d68058807988b7d9af5b44917a0601e9c337f35ccd657bfb3c759ff8d8bc",
  ),
  wheel(
    "nvidia-cuda-nvcc",
    "13.5.37",
    "manylinux_2_17_x86_64",
    47,
    "f5c4f7ead5d964fb4af42bbf1e6d3ec3c1e6e9d83b53749f691d387e7fcaa3a7",
  ),
  wheel(
    "nvidia-nvjitlink",
    "13.5.37",
    "manylinux_2_12_x86_64",
    47,
    "280d7cb9649704145f074b8dbde500de04ce02d0872e066e20a83c17bcaa93eb",
  ),
  wheel(
    "nvidia-cuda-cupti",
    "13.5.25",
    "manylinux_2_25_x86_64",
    13,
    "9dcca41c12a734192b14e7128ae116bc9ce1b9da686e2ebf48ae7a4415f76650",
  ),
  wheel(
    "nvidia-cuda-runtime",
    "13.5.37",
    "manylinux_2_17_x86_64",
    3,
    "df2b79a8852f10d1fef8c848489c49eebb5754051bf870202a862831412b179d",
  ),
];

const CUDA12: readonly Wheel[] = [
  wheel(
    "jax-cuda12-pjrt",
    "0.12.0.1",
    "manylinux_2_27_x86_64",
    192,
    "5ec28e06198d094031c37590b4ea753ae8cde4879ab4b60baf40f0dffb673286",
  ),
  wheel(
    "nvidia-cudnn-cu12",
    "9.28.0.42",
    "manylinux_2_27_x86_64",
    717,
    "9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375",
  ),
  wheel(
    "nvidia-cublas-cu12",
    "12.9.3.13",
    "manylinux_2_27_x86_64",
    581,
    "d7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72",
  ),
  wheel(
    "nvidia-cuda-nvrtc-cu12",
    "12.9.86",
    "manylinux_2_12_x86_64",
    90,
    "210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4",
  ),
  wheel(
    "nvidia-cuda-nvcc-cu12",
    "12.9.86",
    "manylinux_2_12_x86_64",
    41,
    "5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0",
  ),
  wheel(
    "nvidia-nvjitlink-cu12",
    "12.9.86",
    "manylinux_2_12_x86_64",
    40,
    "e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9",
  ),
  wheel(
    "nvidia-cuda-cupti-cu12",
    "12.9.79",
    "manylinux_2_25_x86_64",
    11,
    "096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f",
  ),
  wheel(
    "nvidia-cuda-runtime-cu12",
    "12.9.79",
    "manylinux_2_17_x86_64",
    3,
    "25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3",
  ),
];

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
    wheels: CUDA13,
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
    wheels: CUDA12,
    tested: false,
  },
  {
    name: "tpu",
    title: "Google's TPUs",
    library: "libtpu/libtpu.so",
    wheels: [
      wheel(
        "libtpu",
        "0.0.52",
        "manylinux_2_31_x86_64",
        137,
        "f5e2e596eaea9357fbb5a6755a7a9007c6ab75bfde4a55191b03eff402971140",
        { abi: "cp311" },
      ),
    ],
    tested: false,
  },
  {
    name: "rocm",
    title: "AMD GPUs (ROCm 7)",
    library: "jax_plugins/xla_rocm7/xla_rocm_plugin.so",
    needs: "AMD's ROCm 7 libraries",
    wheels: [
      wheel(
        "jax-rocm7-pjrt",
        "0.12.0",
        "manylinux_2_27_x86_64",
        133,
        "4551d0714523355f2946ca1958c3f584e95661e467a641d36b726f718a1c7934",
      ),
    ],
    tested: false,
  },
  {
    name: "oneapi",
    title: "Intel GPUs (oneAPI)",
    library: "jax_plugins/xla_oneapi/xla_oneapi_plugin.so",
    needs: "Intel's oneAPI libraries and GPU driver",
    wheels: [
      wheel(
        "jax-oneapi-pjrt",
        "0.11.2",
        "manylinux_2_27_x86_64",
        135,
        "ae7250c5d4459dcfedf4de1bf683edfef0502861e44b6e9bfaa7d8133b4292c1",
      ),
    ],
    tested: false,
  },
  {
    name: "cpu-plugin",
    title: "this processor (XLA's CPU plugin, for tests)",
    library: "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
    wheels: [
      wheel(
        "lammps-jax-pjrt-cpu",
        "0.11.2",
        "manylinux_2_27_x86_64",
        63,
        "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1",
      ),
    ],
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
