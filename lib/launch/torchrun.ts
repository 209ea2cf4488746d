/**
 * Processes started by PyTorch's `torchrun`, or with the same variables.
 *
 * @module
 */
import { InputError } from "../core/errors.ts";
import type { Membership } from "../core/membership.ts";
import { type Environment, expectInteger, expectVariable } from "./environment.ts";
import type { Share } from "./share.ts";

const HINT = "torchrun sets it, with RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT";
const MAX_PORT = 65_535;

/**
 * Whether the variables of `torchrun` are set.
 *
 * @param environment The environment.
 * @returns Whether `RANK` and `WORLD_SIZE` are set.
 */
export function isTorchrun(environment: Environment): boolean {
  return Boolean(environment("RANK") && environment("WORLD_SIZE"));
}

/**
 * Reads the share of a process started by `torchrun`.
 *
 * @param environment The environment, with `RANK` and `WORLD_SIZE`.
 * @returns Its index and the number of processes.
 * @throws {InputError} If a variable is malformed.
 */
export function torchrunShare(environment: Environment): Share {
  const count = expectInteger(environment, "WORLD_SIZE", { min: 1 }, HINT);
  const id = expectInteger(environment, "RANK", { min: 0, max: count - 1 }, HINT);
  return { id, count };
}

/**
 * Reads the processes that `torchrun` started on one host. They get the ports above `MASTER_PORT`, which `torchrun`
 * itself listens on.
 *
 * Several hosts are refused: TensorFlow needs the address of every process, and `torchrun` tells only that of the first
 * host, where PyTorch exchanges the others by a protocol of its own.
 *
 * @param environment The environment, with `RANK`, `WORLD_SIZE`, `MASTER_ADDR`, `MASTER_PORT`, and `LOCAL_WORLD_SIZE` or
 * a `MASTER_ADDR` of this host itself.
 * @returns Addresses and rank.
 * @throws {InputError} If a variable is malformed, or the processes are on several hosts.
 * @see https://pytorch.org/docs/stable/elastic/run.html#environment-variables
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const variables = new Map([
 *   ["MASTER_ADDR", "localhost"],
 *   ["MASTER_PORT", "29500"],
 *   ["RANK", "1"],
 *   ["WORLD_SIZE", "2"],
 * ]);
 * assertEquals(torchrunMembership((name) => variables.get(name)), {
 *   addresses: ["127.0.0.1:29501", "127.0.0.1:29502"],
 *   rank: 1,
 * });
 * ```
 */
export function torchrunMembership(environment: Environment): Membership {
  const { id: rank, count } = torchrunShare(environment);
  const host = expectVariable(environment, "MASTER_ADDR", HINT);
  const port = expectInteger(environment, "MASTER_PORT", { min: 1, max: MAX_PORT }, HINT);
  const here = environment("LOCAL_WORLD_SIZE");
  if (here === undefined ? !isLoopback(host) : Number(here) !== count) {
    throw new InputError(
      `Expected all ${count} processes of torchrun on one host but found ${
        here === undefined ? `MASTER_ADDR ${host}` : `${here} here (LOCAL_WORLD_SIZE)`
      }: on several hosts use srun or TF_CONFIG, which tell the address of every process`,
    );
  }
  const first = port + count <= MAX_PORT ? port + 1 : port - count;
  if (first < 1) {
    throw new InputError(
      `Expected MASTER_PORT to leave ports for ${count} processes but found ${port}`,
    );
  }
  return { addresses: Array.from({ length: count }, (_, i) => `127.0.0.1:${first + i}`), rank };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host);
}
