/**
 * One process of the measurement, in a network namespace of its own: `process.ts ORDERS RANK`. Rank 0 prints what it has
 * measured, a line of JSON.
 *
 * @module
 */
import { allReduce } from "../workloads/all_reduce.ts";
import { trainingStepTime } from "../workloads/training_step.ts";
import type { Workload } from "../workloads/workload.ts";

/** What all processes do. */
export interface Orders {
  readonly addresses: string;
  /** Value of `NBN_MPI`, if it is set. */
  readonly mpi?: string;
  /** Steps, and numbers of floats to add. */
  readonly works: readonly (number | keyof typeof STEPS_OF)[];
  /** Turns of each work. */
  readonly turns: number;
  /** Whether other programs wait while a turn is measured; only root may ask for it. */
  readonly realTime: boolean;
}

/** What one work has taken, in one turn. */
export interface Turn {
  /** Name of the step, or the number of floats that were added. */
  readonly work: string;
  /** Median time of one step or sum, in seconds. */
  readonly seconds: number;
  /** Bytes sent by this process for one step or sum, all headers included. */
  readonly bytes: number;
  /** What adds the gradients. */
  readonly transport?: string;
}

/** Trainings of ResNet-32 on images of CIFAR's size; the batch is divided among the processes. */
const NETWORK = { network: "resnet-cifar", depth: 32, classes: 10, size: 32 } as const;
const STEPS_OF = {
  step: { ...NETWORK, width: 1, batch: 64 },
  // Sixteen times the parameters, and as much time for a quarter of the images.
  "wide step": { ...NETWORK, width: 4, batch: 16 },
} as const;
/** Steps of a turn, to which the work adds one. */
const STEPS = 3;
/** Sums of a turn, and if they are of many floats. */
const SUMS = 5, FEW_SUMS = 2, MANY = 1e6;

const { addresses, mpi, works, turns, realTime }: Orders = JSON.parse(Deno.args[0]);
const rank = Number(Deno.args[1]), member = { rank, addresses, mpi };
const found: Turn[] = [];
for (const work of works) {
  if (typeof work === "number") {
    const isLarge = work > MANY, times = isLarge ? FEW_SUMS : SUMS;
    const sums = await allReduce({ ...member, floats: work, times });
    await measure(String(work), times, sums, isLarge ? 1 : turns);
  } else {
    const options = { ...STEPS_OF[work], ...member, precision: "float32", steps: STEPS } as const;
    await measure(work, STEPS + 1, await trainingStepTime(options), turns);
  }
}
if (rank === 0) console.log(JSON.stringify(found));
Deno.exit(0);

async function measure(
  work: string,
  times: number,
  { measure, close }: Workload,
  turns: number,
): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    schedule("--rr", 1);
    const before = sentBytes(), { value, framework } = await measure();
    schedule("--other", 0);
    const bytes = (sentBytes() - before) / times;
    found.push({ work, seconds: value, bytes, transport: framework });
  }
  await close();
}

/** Changes how all threads of this process are scheduled. */
function schedule(policy: "--rr" | "--other", priority: number): void {
  if (!realTime) return;
  const args = ["--all-tasks", policy, "--pid", String(priority), String(Deno.pid)];
  const { success, stderr } = new Deno.Command("chrt", { args }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** Bytes that this namespace has sent on its link. */
function sentBytes(): number {
  const line = /^\s*eth0:(.*)$/m.exec(Deno.readTextFileSync("/proc/net/dev"));
  return Number(line![1].trim().split(/\s+/)[8]);
}
