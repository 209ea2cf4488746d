/**
 * Benchmark of checkpoints.
 *
 * @module
 */
import { peer, type Subject, work } from "../subject.ts";

/** A checkpoint of ResNet-50, compared with `torch.save`. */
export const checkpointSubject: Subject = {
  name: "checkpoint",
  about: "a checkpoint (parameters, statistics, momentum) written, synced and renamed",
  cases({ folder }) {
    const options = { network: "resnet50", classes: 1000, folder };
    return [{
      name: "ResNet-50",
      unit: "s",
      ours: work("checkpoint", options),
      peers: [peer("checkpoint", options, { name: "torch.save" })],
    }];
  },
};
