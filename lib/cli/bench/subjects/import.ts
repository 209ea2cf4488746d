/**
 * Starting up.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type Subject, work } from "../subject.ts";

/** Importing mod.ts beside importing PyTorch, each from the start of a process to its end. */
export const importSubject: Subject = {
  name: "import",
  about: "a process that only imports mod.ts, from its start to its end",
  cases: ({ python, pytorch }) => [{
    name: "mod.ts",
    unit: "s",
    ours: work("program", {
      program: Deno.execPath(),
      args: ["run", "-A", "--quiet", fileURLToPath(new URL("../../../../mod.ts", import.meta.url))]
        .join("\n"),
    }),
    peers: pytorch
      ? [work("program", { program: python, args: "-c\nimport torch, torchvision" }, {
        name: "importing torch and torchvision",
      })]
      : [],
  }],
};
