/**
 * What has to be the same in all processes that apply a network together.
 *
 * @module
 */
import { VERSION } from "../core/version.ts";
import { contentDigest } from "../data/content_digest.ts";
import type { ImageDataset } from "../data/dataset.ts";
import { sha256 } from "../data/digest.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import { expectSame } from "../engine/cluster/expect_same.ts";
import { engine } from "../engine/engine.ts";
import { sha256OfFile } from "../engine/install/checksum.ts";
import type { OpenedModel } from "./open_model.ts";

/**
 * Compares what the processes of a cluster are about to compute.
 *
 * @param cluster The processes.
 * @param model The network of this one.
 * @param dataset Its images; of files, names and sizes are compared rather than their content.
 * @param settings Its other settings.
 * @throws {PeerError} If a process differs from that of rank 0; the message names it.
 */
export async function expectSameWork(
  cluster: Cluster,
  { checkpoint }: OpenedModel,
  dataset: ImageDataset,
  settings: object,
): Promise<void> {
  await expectSame(cluster, {
    version: VERSION,
    TensorFlow: (await engine()).version,
    checkpoint: await sha256OfFile(checkpoint),
    data: contentDigest(dataset),
    settings: sha256(JSON.stringify(settings)),
  });
}
