/**
 * The wheels that hold PJRT plugins and the libraries they load, all for Linux x86-64.
 *
 * @module
 */
import type { Wheel } from "./wheel.ts";

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

/** CUDA 13. */
export const CUDA13: readonly Wheel[] = [
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

/** CUDA 12. */
export const CUDA12: readonly Wheel[] = [
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

/** Google's TPUs. */
export const TPU: readonly Wheel[] = [
  wheel(
    "libtpu",
    "0.0.52",
    "manylinux_2_31_x86_64",
    137,
    "f5e2e596eaea9357fbb5a6755a7a9007c6ab75bfde4a55191b03eff402971140",
    { abi: "cp311" },
  ),
];

/** AMD's ROCm. */
export const ROCM: readonly Wheel[] = [
  wheel(
    "jax-rocm7-pjrt",
    "0.12.0",
    "manylinux_2_27_x86_64",
    133,
    "4551d0714523355f2946ca1958c3f584e95661e467a641d36b726f718a1c7934",
  ),
];

/** Intel's oneAPI. */
export const ONEAPI: readonly Wheel[] = [
  wheel(
    "jax-oneapi-pjrt",
    "0.11.2",
    "manylinux_2_27_x86_64",
    135,
    "ae7250c5d4459dcfedf4de1bf683edfef0502861e44b6e9bfaa7d8133b4292c1",
  ),
];

/** XLA's CPU plugin. */
export const CPU_PLUGIN: readonly Wheel[] = [
  wheel(
    "lammps-jax-pjrt-cpu",
    "0.11.2",
    "manylinux_2_27_x86_64",
    63,
    "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1",
  ),
];
