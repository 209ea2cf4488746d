/**
 * Benchmark of image lists.
 *
 * @module
 */
import { INATURALIST, writeGeneratedList } from "../generated_list.ts";
import { peer, type Subject, work } from "../subject.ts";

/** A list of the size of iNaturalist 2018, compared with a Python loop, as in reference code. */
export const listsSubject: Subject = {
  name: "lists",
  about:
    "reading and counting a list of iNaturalist 2018's size, and creating a class-balanced sampler",
  async cases({ folder }) {
    const path = `${folder}/list.txt`;
    await writeGeneratedList(path, INATURALIST);
    return [
      {
        name: "435,712 images, time",
        unit: "s",
        ours: work("list", { path, measured: "time" }, { fresh: true }),
        peers: [peer("list", { path, measured: "time" }, { fresh: true })],
        target: 1,
      },
      {
        name: "435,712 images, whole process",
        unit: "B",
        ours: work("list", { path, measured: "memory" }, { fresh: true }),
        peers: [peer("list", { path, measured: "memory" }, { fresh: true })],
        target: 1,
      },
    ];
  },
};
