/**
 * The handshake of the processes that train together.
 *
 * @module
 */
import { VERSION } from "../core/version.ts";
import { sha256 } from "../data/digest.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import { type Credentials, expectSame } from "../engine/cluster/expect_same.ts";
import { identityOf } from "../runs/same_training.ts";
import { describe } from "./describe_training.ts";
import type { ResolvedPlan } from "./plan.ts";

/**
 * Compares the trainings of all processes.
 *
 * @param cluster The processes.
 * @param plan Training of this process.
 * @throws {PeerError} If a process has another version of the library, or another recipe, seed, batch, length, data or
 * other settings; the message names it.
 */
export async function shakeHands(cluster: Cluster, plan: ResolvedPlan): Promise<void> {
  await expectSame(cluster, credentials(plan));
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
    data: sha256(JSON.stringify(content)),
    settings: sha256(JSON.stringify({ training, intervals })),
  };
}
