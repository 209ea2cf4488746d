/**
 * The handshake of the processes that train together.
 *
 * @module
 */
import { PeerError } from "../core/errors.ts";
import { VERSION } from "../core/version.ts";
import { sha256 } from "../data/digest.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import { valuesOfAll } from "../engine/cluster/exchange.ts";
import { identityOf } from "../runs/same_training.ts";
import { describe } from "./describe_training.ts";
import type { ResolvedPlan } from "./plan.ts";

/** What a process tells the others, in the order of the comparison. */
export type Credentials = Readonly<Record<string, string | number>>;

/**
 * Compares the trainings of all processes.
 *
 * @param cluster The processes.
 * @param plan Training of this process.
 * @throws {PeerError} If a process has another version of the library, or another recipe, seed, batch, length, data or
 * other settings; the message names it.
 */
export async function shakeHands(cluster: Cluster, plan: ResolvedPlan): Promise<void> {
  expectSame(await valuesOfAll(cluster, credentials(plan)), cluster.addresses);
}

/**
 * Throws if processes disagree.
 *
 * @param all What each process has told, by rank.
 * @param addresses Their addresses.
 * @throws {PeerError} If one differs from that of rank 0.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { PeerError } from "@nbn/toolkit/core";
 *
 * const wrong = () => expectSame([{ seed: 0 }, { seed: 1 }], ["a:1", "b:1"]);
 * assertThrows(wrong, PeerError, "the same seed, 0, but found 1 at process 1 (b:1)");
 * ```
 */
export function expectSame(all: readonly Credentials[], addresses: readonly string[]): void {
  const [first] = all;
  for (const name of Object.keys(first)) {
    const rank = all.findIndex((own) => own[name] !== first[name]);
    if (rank < 0) continue;
    throw new PeerError(
      `Expected all processes to have the same ${name}, ${first[name]}, but found ` +
        `${all[rank][name]} at process ${rank} (${addresses[rank]}): start all with the same ` +
        "version, command and data",
    );
  }
}

/** What has to be the same in all processes. */
function credentials(plan: ResolvedPlan): Credentials {
  const { recipe, seed, batch, accumulate, iterations, content } = plan;
  // Without the names and the folder of the data, which may differ between machines.
  const { content: _, ...training } = identityOf(describe(plan).training);
  const { evaluateEvery, checkpointEvery, keepBest } = plan;
  const intervals = { evaluateEvery, checkpointEvery, keepBest };
  return {
    version: VERSION,
    TensorFlow: plan.engine.version,
    recipe,
    seed,
    batch: batch * accumulate,
    "number of steps": iterations,
    data: shortened(sha256(JSON.stringify(content))),
    settings: shortened(sha256(JSON.stringify({ training, intervals }))),
  };
}

/** A digest as shown in messages. */
function shortened(digest: string): string {
  return digest.slice(0, 12);
}
