/**
 * Processes started by Slurm's `srun`.
 *
 * @module
 */
import { InputError } from "../core/errors.ts";
import type { Membership } from "../core/membership.ts";
import { type Environment, expectInteger, expectVariable } from "./environment.ts";
import { expandHostList } from "./host_list.ts";
import type { Share } from "./share.ts";
import { tasksPerNode } from "./tasks_per_node.ts";

const HINT = "srun sets it";

/** Lowest port used; all are below 32768, where Linux begins to choose ports for outgoing connections. */
const FIRST_PORT = 16_384;
/** Distance between the ports of two steps. */
const PORTS_PER_STEP = 64;
/** Number of steps with different ports. */
const STEPS = 250;

/**
 * Whether `srun` started the process. A batch script has Slurm's variables of its job, too, but not those of a step.
 *
 * @param environment The environment.
 * @returns Whether the variables of a step are set.
 */
export function isSlurmStep(environment: Environment): boolean {
  return Boolean(environment("SLURM_STEP_NUM_TASKS") && environment("SLURM_PROCID"));
}

/**
 * Reads the share of a process started by `srun`.
 *
 * @param environment The environment, with `SLURM_PROCID` and `SLURM_STEP_NUM_TASKS`.
 * @returns Its index and the number of processes.
 * @throws {InputError} If a variable is malformed.
 */
export function slurmShare(environment: Environment): Share {
  const count = expectInteger(environment, "SLURM_STEP_NUM_TASKS", { min: 1 }, HINT);
  const id = expectInteger(environment, "SLURM_PROCID", { min: 0, max: count - 1 }, HINT);
  return { id, count };
}

/**
 * Reads the processes of a step. Ranks are on nodes as `SLURM_DISTRIBUTION` says: in blocks, so that the first node has
 * the first ranks, or cyclic, a rank on each node in turn. The port of a process follows from the job, the step and its
 * index on the node, so that two steps on one node rarely meet.
 *
 * @param environment The environment, with `SLURM_JOB_ID`, `SLURM_PROCID`, `SLURM_DISTRIBUTION` and the variables
 * `SLURM_STEP_*`.
 * @returns Addresses and rank.
 * @throws {InputError} If a variable is malformed, the variables contradict each other, or the distribution is another.
 * @see https://slurm.schedmd.com/srun.html
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const variables = new Map([
 *   ["SLURM_JOB_ID", "250"],
 *   ["SLURM_STEP_ID", "0"],
 *   ["SLURM_PROCID", "1"],
 *   ["SLURM_STEP_NUM_TASKS", "3"],
 *   ["SLURM_STEP_NODELIST", "node[01-02]"],
 *   ["SLURM_STEP_TASKS_PER_NODE", "2,1"],
 * ]);
 * assertEquals(slurmMembership((name) => variables.get(name)), {
 *   addresses: ["node01:16384", "node01:16385", "node02:16384"],
 *   rank: 1,
 * });
 * ```
 */
export function slurmMembership(environment: Environment): Membership {
  const { id: rank, count } = slurmShare(environment);
  const list = (name: string) => expectVariable(environment, name, HINT);
  const nodes = expandHostList(list("SLURM_STEP_NODELIST"), "SLURM_STEP_NODELIST");
  const tasks = tasksPerNode(list("SLURM_STEP_TASKS_PER_NODE"), "SLURM_STEP_TASKS_PER_NODE");
  if (tasks.length !== nodes.length) {
    throw new InputError(
      `Expected SLURM_STEP_TASKS_PER_NODE to have a number for each node of SLURM_STEP_NODELIST ` +
        `but found ${tasks.length} for ${nodes.length}: ${HINT}`,
    );
  }
  const port = FIRST_PORT + PORTS_PER_STEP * stepPlace(environment);
  const places = placesOf(tasks, distributionOf(environment));
  if (places.length !== count) {
    throw new InputError(
      `Expected SLURM_STEP_TASKS_PER_NODE to sum up to SLURM_STEP_NUM_TASKS, ${count}, but found ` +
        `${places.length}: ${HINT}`,
    );
  }
  expectPlace(environment, places[rank]);
  return { addresses: places.map(({ node, local }) => `${nodes[node]}:${port + local}`), rank };
}

/** How Slurm distributes ranks over nodes. */
const DISTRIBUTIONS = ["block", "cyclic"] as const;

function distributionOf(environment: Environment): (typeof DISTRIBUTIONS)[number] {
  // What follows is the distribution within nodes, for instance in block:cyclic.
  const text = environment("SLURM_DISTRIBUTION") ?? "block", [between] = text.split(/[:,]/);
  const known = DISTRIBUTIONS.find((name) => name === between);
  if (known !== undefined) return known;
  throw new InputError(
    `Expected SLURM_DISTRIBUTION to be ${DISTRIBUTIONS.join(" or ")} but found ${
      JSON.stringify(text)
    }: start by srun --distribution=block`,
  );
}

/** Where a rank is. */
interface Place {
  /** Index of its node. */
  readonly node: number;
  /** Index among the ranks of its node. */
  readonly local: number;
}

/** Returns the places of all ranks, from the number of tasks of each node. */
function placesOf(
  tasks: readonly number[],
  distribution: (typeof DISTRIBUTIONS)[number],
): Place[] {
  const places = tasks.flatMap((count, node) =>
    Array.from({ length: count }, (_, local) => ({ node, local }))
  );
  return distribution === "block"
    ? places
    : places.sort((a, b) => a.local - b.local || a.node - b.node);
}

/** Index of the step among those with different ports; consecutive jobs and steps differ. */
function stepPlace(environment: Environment): number {
  const job = expectInteger(environment, "SLURM_JOB_ID", { min: 0 }, HINT);
  const step = expectInteger(environment, "SLURM_STEP_ID", { min: 0 }, HINT);
  return (31 * job + step) % STEPS;
}

/** Throws if Slurm says of this process that it is elsewhere. */
function expectPlace(environment: Environment, place: Place): void {
  const expected = { SLURM_NODEID: place.node, SLURM_LOCALID: place.local };
  for (const [name, value] of Object.entries(expected)) {
    const found = environment(name);
    if (found === undefined || found === String(value)) continue;
    throw new InputError(
      `Expected ${name} to be ${value}, as SLURM_DISTRIBUTION and SLURM_PROCID say, but found ${
        JSON.stringify(found)
      }: start by srun --distribution=block`,
    );
  }
}
