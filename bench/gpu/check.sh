#!/usr/bin/env bash
# Measures this project's training steps on an NVIDIA GPU beside JAX and PyTorch, from a folder that
# `deno task bench gpu --pack` wrote. Needs no network: only Python with jax, jax-cuda13-pjrt and torch.
#
#   OUT=log STEPS=100 PLUGIN=…/xla_cuda_plugin.so bash check.sh
#
# Every part has its own time limit and may fail without stopping the others; logs go to $OUT. With
# PLUGIN naming a CPU plugin and STEPS=1 it is a rehearsal; CASES names the folders to run. Those whose
# names end in -2 need two devices and are skipped where there is one.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
out=${OUT:-$PWD/log} steps=${STEPS:-100} limit=${LIMIT:-120}
cases=${CASES:-parity resnet32-float32 resnet32-bf16 resnet50-float32 resnet50-bf16 resnext50-float32 resnext50-bf16 parity-2 resnet50-bf16-2}
mkdir -p "$out"
export NO_COLOR=1 PYTHONUNBUFFERED=1 XLA_PYTHON_CLIENT_PREALLOCATE=false
began=$(date +%s)

part() { # NAME COMMAND…: runs under the limit, output in the log, its last lines shown
  local name=$1
  shift
  echo "=== $name ($(($(date +%s) - began)) s)"
  timeout -k 5 "$limit" "$@" >"$out/$name.log" 2>&1
  local code=$?
  tail -n 8 "$out/$name.log" | cut -c1-300
  [ $code = 0 ] || echo "*** $name: exit code $code"
}

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
check() { "$work/deno" run -A --no-lock --no-config --no-remote --no-check bench/gpu/check.ts "$1" "$plugin" "$2" "$options"; }
export -f check
export work plugin options

peers=
for name in $cases; do
  case $name in
  parity*)
    # Without TF32 the losses are TensorFlow's up to rounding.
    NVIDIA_TF32_OVERRIDE=0 part "$name-exact" bash -c "check $name $steps"
    ;;
  *-2) ;;
  *) peers="$peers $name" ;;
  esac
  part "$name" bash -c "check $name $steps"
  case $peers in *" $name") part "$name-jax" python3 peers.py jax "$name" "$steps" ;; esac
done
for name in $peers; do
  part "$name-torch" python3 peers.py torch "$name" "$steps"
done
nvidia-smi --query-gpu=utilization.gpu,memory.used,clocks.sm --format=csv,noheader 2>/dev/null
echo "all in $(($(date +%s) - began)) s"
