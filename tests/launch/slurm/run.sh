#!/usr/bin/env bash
# Runs the Slurm script of docs/many-machines.md on a cluster of two nodes (cluster.sh), pre-empts it, lets it resume, and
# compares its log with that of a job that is not disturbed; as root. Takes three to four minutes, two of which Slurm
# waits before it starts the job again.
#
#   bash tests/launch/slurm/run.sh [FOLDER]
set -euo pipefail

here=$(dirname "$(realpath "$0")")
folder=$(realpath -m "${1:-$(mktemp -d)}")
cd "$here/../../.."

if [ -z "${SLURM_CONF:-}" ]; then
  mkdir -p "$folder"
  sed -n '/^#!\/bin\/bash/,/^```/p' docs/many-machines.md | sed '$d' >"$folder/train.sh"
  exec bash "$here/cluster.sh" "$folder/slurm" bash "$here/run.sh" "$folder"
fi

# Waits, at most ten minutes, until a command succeeds.
until_true() {
  for _ in $(seq 3000); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.2
  done
  echo "Waited in vain: $*" >&2
  squeue >&2
  exit 1
}
is_over() { ! squeue --noheader --jobs "$1" | grep -q .; }

submit() {
  sbatch --parsable --cpus-per-task 1 --output "$folder/$1.out" "$folder/train.sh" --recipe builtin/ce+nbn+lr \
    --iterations 240 --batch 16 --checkpoint-every 100 --evaluate-every 240 --out "$folder/$1"
}
# Steps and losses.
losses() { cut -d, -f1,3 "$folder/$1/metrics.csv"; }

job=$(submit preempted)
until_true test -s "$folder/preempted/metrics.csv"
until_true grep -q '^20,' "$folder/preempted/metrics.csv"
echo "Pre-empting job $job, which runs on $(squeue --noheader --format %N --jobs "$job")"
sbatch --wait --partition high --nodes 2 --exclusive --output /dev/null --wrap "sleep 3"
until_true is_over "$job"
cat "$folder/preempted.out"

job=$(submit undisturbed)
until_true is_over "$job"

grep -q "stopped after step" "$folder/preempted.out"
grep -q "resuming from step" "$folder/preempted.out"
cmp <(losses preempted) <(losses undisturbed)
echo "All 240 steps once, with the losses of the undisturbed job"
