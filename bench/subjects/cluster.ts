/**
 * Benchmark of training by several processes.
 *
 * @module
 */
import { pytorch } from "../peers.ts";
import { type BenchSettings, type Case, type Contender, type Subject, work } from "../subject.ts";
import { STEPS } from "./steps.ts";

/** Numbers of parameters of ResNet-32 and ResNet-50. */
const FLOATS = [464_154, 25_600_000];
const PROCESSES = [2, 4, 8];

/** All-reduces, and steps of two processes of one thread against one process of two threads. */
export const clusterSubject: Subject = {
  name: "cluster",
  about: "several processes on this machine: an all-reduce, and a step of two against one",
  cases: (settings) => [
    ...FLOATS.flatMap((floats) =>
      PROCESSES.map((processes): Case => {
        const options = { floats, processes };
        return {
          name: `all-reduce of ${floats} floats, ${processes} processes`,
          unit: "s",
          ours: ours("all_reduce", options, settings),
          peers: [
            ...gloo("PyTorch, gloo", options, settings),
            ours("all_reduce", { ...options, mpi: "off" }, settings, "ours, TensorFlow's ring"),
          ],
          target: 1,
        };
      })
    ),
    ...STEPS.filter(({ name }) => ["resnet32", "resnet50"].includes(name))
      .map(({ name, options, steps }): Case => {
        const step = { ...options, steps, precision: "float32" };
        const two = { ...step, processes: 2 };
        return {
          name: `${name}, two processes`,
          unit: "s",
          ours: ours("training_step", two, settings),
          peers: [
            work("training_step", step, { name: "ours, one process" }),
            ours("training_step", { ...two, mpi: "off" }, settings, "ours, TensorFlow's ring"),
            ...gloo("PyTorch, DistributedDataParallel", two, settings),
            ...pytorch("training_step", "float32", step),
          ],
        };
      }),
  ],
};

function ours(
  script: string,
  options: Contender["options"],
  { python }: BenchSettings,
  name = "ours",
): Contender {
  return work("together", { ...options, kind: "work", script, python }, { name });
}

/** PyTorch's processes, if there is PyTorch. */
function gloo(
  name: string,
  options: Contender["options"],
  { python, pytorch }: BenchSettings,
): Contender[] {
  if (!pytorch) return [];
  return [work("together", { ...options, kind: "peer", script: "distributed", python }, { name })];
}
