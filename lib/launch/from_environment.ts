/**
 * What the environment tells of the processes that train together.
 *
 * `TF_CONFIG` wins over the variables of `torchrun`, and those over Slurm's: in a job of Slurm, whatever starts
 * processes within a step is nearer to the training, and `TF_CONFIG` names every address.
 *
 * @module
 */
import type { Membership } from "../core/membership.ts";
import { type Environment, processEnvironment } from "./environment.ts";
import type { Share } from "./share.ts";
import { isSlurmStep, slurmMembership, slurmShare } from "./slurm.ts";
import { tfConfig } from "./tf_config.ts";
import { isTorchrun, torchrunMembership, torchrunShare } from "./torchrun.ts";

/**
 * Returns the processes that train together, as the launcher of this process tells by environment variables: by
 * `TF_CONFIG`, else as `torchrun` sets them, else as Slurm's `srun` does.
 *
 * @param environment Returns environment variables; by default those of this process.
 * @returns Addresses and rank; `undefined` if this process trains alone.
 * @throws {InputError} If a variable is malformed; the message names it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { membership } from "@nbn/toolkit/launch";
 *
 * const cluster = { worker: ["a:2222", "b:2222"] };
 * const config = JSON.stringify({ cluster, task: { type: "worker", index: 1 } });
 * const found = membership((name) => name === "TF_CONFIG" ? config : undefined);
 * assertEquals(found, { addresses: ["a:2222", "b:2222"], rank: 1 });
 * assertEquals(membership(() => undefined), undefined);
 * ```
 */
export function membership(environment: Environment = processEnvironment): Membership | undefined {
  const config = environment("TF_CONFIG")?.trim();
  if (config) return ifSeveral(tfConfig(config));
  const share = processShare(environment);
  if (share === undefined) return undefined;
  return isTorchrun(environment) ? torchrunMembership(environment) : slurmMembership(environment);
}

/**
 * Returns the share of this process in work that the processes of its launcher divide, by the same variables; unlike
 * {@linkcode membership} it needs no addresses.
 *
 * @param environment Returns environment variables; by default those of this process.
 * @returns Its index and the number of processes; `undefined` if it is alone.
 * @throws {InputError} If a variable is malformed; the message names it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { processShare } from "@nbn/toolkit/launch";
 *
 * const variables = new Map([["SLURM_PROCID", "2"], ["SLURM_STEP_NUM_TASKS", "8"]]);
 * assertEquals(processShare((name) => variables.get(name)), { id: 2, count: 8 });
 * ```
 */
export function processShare(environment: Environment = processEnvironment): Share | undefined {
  const config = environment("TF_CONFIG")?.trim();
  const share = config
    ? shareOf(tfConfig(config))
    : isTorchrun(environment)
    ? torchrunShare(environment)
    : isSlurmStep(environment)
    ? slurmShare(environment)
    : undefined;
  return share && share.count > 1 ? share : undefined;
}

function ifSeveral(members: Membership | undefined): Membership | undefined {
  return members && members.addresses.length > 1 ? members : undefined;
}

function shareOf(members: Membership | undefined): Share | undefined {
  return members && { id: members.rank, count: members.addresses.length };
}
