/**
 * Benchmark of the start-up time.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type Subject, work } from "../subject.ts";

/** A process that imports mod.ts, compared with one that imports PyTorch. */
export const importSubject: Subject = {
  name: "import",
  about: "a process that only imports mod.ts, from start to exit",
  cases: ({ python, pytorch }) => [{
    name: "mod.ts",
    unit: "s",
    ours: work("program", {
      program: Deno.execPath(),
      args: ["run", "-A", "--quiet", fileURLToPath(new URL("../../mod.ts", import.meta.url))]
        .join("\n"),
    }),
    peers: pytorch
      ? [work("program", { program: python, args: "-c\nimport torch, torchvision" }, {
        name: "importing torch and torchvision",
      })]
      : [],
  }],
};
