/**
 * Benchmark of LVIS's average precision.
 *
 * @module
 */
import { writeGeneratedLvis } from "../generated_lvis.ts";
import { type Case, peer, type Subject, work } from "../subject.ts";

/** Boxes and masks, compared with the official evaluator. */
export const lvisApSubject: Subject = {
  name: "lvis-ap",
  about: "300,000 detections in 1,000 images of 1,203 classes read and scored as LVIS does",
  async cases({ folder }) {
    await writeGeneratedLvis(folder);
    return ["boxes", "masks"].map((of): Case => ({
      name: of,
      unit: "s",
      ours: work("lvis_ap", { folder, of }, { fresh: true }),
      peers: [peer("lvis_ap", { folder, of }, { name: "official evaluator", fresh: true })],
      target: 0.2,
      mostRounds: 3,
    }));
  },
};
