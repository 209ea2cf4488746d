import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { inFolder } from "../in_folder.ts";
import { environment, jupyterTest, NOTEBOOKS } from "./environment.ts";

interface Ran {
  readonly texts: readonly string[];
  readonly error: string | null;
  readonly alive: boolean;
}

/** Executes cells in the kernel; those with a number are interrupted when they have shown so many outputs. */
async function execute(
  cells: readonly (readonly [code: string, interrupt?: number])[],
): Promise<Ran[]> {
  const { python, variables } = environment!;
  const child = new Deno.Command(python, {
    args: [fileURLToPath(new URL("interrupt.py", import.meta.url)), NOTEBOOKS],
    env: variables,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const list = cells.map(([code, interrupt = 0]) => ({ code, interrupt }));
  await writer.write(new TextEncoder().encode(JSON.stringify(list)));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

jupyterTest(
  "interrupting the kernel stops only trainings with live curves",
  () =>
    inFolder(async (runs) => {
      // Too many steps to finish: only an interrupt ends them.
      const options = `{ recipe: "builtin/ce", iterations: 100000, batch: 4, evaluateEvery: 100000,
        data: builtin({ max: 20, imbalance: 10, testImages: 1 }) }`;
      const train = `run = await trainedRun("CE", { ...options, runs: ${JSON.stringify(runs)} });`;
      const [imported, first, step, again, further, plain, after, idle] = await execute([
        [`import { builtin, train } from "@nbn/toolkit";
          import { trainedRun } from "@nbn/toolkit/notebooks";
          import { liveTraining } from "@nbn/toolkit/plots";
          const options = ${options};
          let run;`],
        [train, 1],
        ["console.log(run.step)"],
        // The first output shows the steps before the interrupt.
        [train, 2],
        ["console.log(run.step)"],
        [
          `const { onProgress, signal, finish } = liveTraining({ every: 100 });
          const { iterations } = await train({ ...options, onProgress, signal });
          await finish();`,
          1,
        ],
        ["console.log(iterations)"],
        [
          `console.log("waiting"); await new Promise((resolve) => setTimeout(resolve, 60000));`,
          1,
        ],
      ]);
      for (const { error, alive } of [imported, first, step, again, further, plain, after]) {
        assertEquals([error, alive], [null, true]);
      }
      const [reached, later] = [step, further].map(({ texts }) => Number(texts[0]));
      assert(reached > 0 && later > reached, `${reached}, ${later}`);
      for (const [cell, at] of [[first, reached], [again, later]] as const) {
        assertMatch(
          cell.texts.find((text) => text.startsWith("CE:")) ?? `${cell.texts}`,
          RegExp(`^CE: stopped at step ${at} of 100000, accuracy [\\d.]+ %; run the cell again`),
        );
      }
      assert(Number(after.texts[0]) > 0);
      assert(!idle.alive);
    }),
);
