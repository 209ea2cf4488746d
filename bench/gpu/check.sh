#!/usr/bin/env bash
# Measures this project's training steps on an NVIDIA GPU beside JAX and PyTorch, from a folder that
# `deno task bench gpu --pack` wrote. Needs no network: only Python with jax, jax-cuda13-pjrt and torch.
#
#   OUT=log bash check.sh
#
# The parts run in the order of their worth, each for LIMIT seconds at most and all together for BUDGET; what no time is
# left for is skipped, and a part that fails does not stop the others. Everything is written to $OUT/check.log while it
# happens. Other settings: STEPS of each measurement, PARTS to run, PLUGIN, a shared library instead of that of Python's
# jax-cuda13-pjrt. A rehearsal on a processor needs a folder packed with --quick and XLA's CPU plugin:
#
#   PLUGIN=…/pjrt_c_api_cpu_plugin.so STEPS=1 bash check.sh
#
# Parts are KIND:CASE. `ours` runs this project's step, `jax` the same program by JAX, `torch` the same network by PyTorch,
# eager and compiled. Cases named …-2 need two devices and are skipped where there is one.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
steps=${STEPS:-40} limit=${LIMIT:-120} budget=${BUDGET:-540}
parts=${PARTS:-ours:parity-exact
  ours:resnet50-bf16 torch:resnet50-bf16 ours:resnet50-float32 torch:resnet50-float32
  ours:resnet32-float32 torch:resnet32-float32 ours:resnet32-bf16 torch:resnet32-bf16
  ours:resnext50-bf16 torch:resnext50-bf16 ours:resnext50-float32 torch:resnext50-float32
  jax:resnet50-bf16 jax:resnet50-float32 jax:resnet32-float32 jax:resnet32-bf16
  ours:parity ours:parity-exact-2 ours:resnet50-bf16-2
  jax:resnext50-bf16 jax:resnext50-float32}
out=${OUT:-$PWD/log}

check() {
  export NO_COLOR=1 PYTHONUNBUFFERED=1 XLA_PYTHON_CLIENT_PREALLOCATE=false
  began=$SECONDS

  nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null
  site=$(python3 -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
  plugin=${PLUGIN:-$(ls "$site"/jax_plugins/xla_cuda1*/xla_cuda_plugin.so 2>/dev/null | head -1)}
  if [ ! -f "$plugin" ]; then
    echo "Expected a PJRT plugin but found none in $site: PLUGIN names its shared library"
    exit 2
  fi
  options={}
  case $plugin in *cuda*)
    options='{"preallocate":false,"memory_fraction":0.9}'
    # JAX loads NVIDIA's libraries before the plugin; here the loader finds them by these folders.
    LD_LIBRARY_PATH=$(ls -d "$site"/nvidia/*/lib 2>/dev/null | tr '\n' ':')${LD_LIBRARY_PATH:-}
    export LD_LIBRARY_PATH
    for cuda in "$site/nvidia/cu13" "$site/nvidia/cuda_nvcc" "${CUDA_HOME:-/usr/local/cuda}"; do
      [ -f "$cuda/nvvm/libdevice/libdevice.10.bc" ] && break
    done
    export PATH=$cuda/bin:$PATH XLA_FLAGS="--xla_gpu_cuda_data_dir=$cuda ${XLA_FLAGS:-}"
    ;;
  esac
  echo "plugin $plugin"

  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  python3 -c 'import lzma, shutil, sys; shutil.copyfileobj(lzma.open("deno.xz"), open(sys.argv[1], "wb"))' "$work/deno" || exit 1
  chmod +x "$work/deno"
  export DENO_DIR=$work/cache
  ours=("$work/deno" run -A --no-lock --no-config --no-remote --no-check bench/gpu/check.ts)

  for part in $parts; do
    passed=$((SECONDS - began)) left=$((budget - SECONDS + began)) case=${part#*:}
    if [ $left -lt 10 ]; then
      echo "*** $part: skipped after $passed s"
      continue
    fi
    case $part in
    ours:*) run=("${ours[@]}" "$case" "$plugin" "$steps" "$options") ;;
    *) run=(python3 peers.py "${part%%:*}" "$case" "$steps") ;;
    esac
    echo "=== $part ($passed s)"
    timeout -k 5 $((left < limit ? left : limit)) "${run[@]}" 2>&1 |
      awk 'NR <= 60 { print substr($0, 1, 300); fflush() }'
    code=${PIPESTATUS[0]}
    [ "$code" = 0 ] || echo "*** $part: exit code $code"
  done
  nvidia-smi --query-gpu=utilization.gpu,memory.used,clocks.sm --format=csv,noheader 2>/dev/null
  echo "all in $((SECONDS - began)) s"
}

mkdir -p "$out"
check 2>&1 | tee "$out/check.log"
