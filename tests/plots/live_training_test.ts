import { assertEquals } from "@std/assert";
import type { TrainEvent } from "../../lib/loop/progress.ts";
import { liveTraining } from "../../lib/plots/mod.ts";

Deno.test("liveTraining() prints a line for each evaluation at a terminal", async () => {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => void lines.push(line);
  try {
    const { onProgress, finish } = liveTraining({ title: "ce" });
    const tell = (event: unknown) => onProgress(event as TrainEvent);
    tell({ kind: "start", recipe: "builtin/ce", step: 0, iterations: 4 });
    for (const step of [1, 2, 3, 4]) {
      tell({ kind: "step", step, iterations: 4, loss: 1 / step });
      if (step % 2 === 0) {
        tell({ kind: "evaluation", step, iterations: 4, evaluation: { all: 20 * step } });
      }
    }
    tell({ kind: "end", step: 4, iterations: 4, interrupted: false });
    await finish();
  } finally {
    console.log = log;
  }
  assertEquals(lines, [
    "ce: step 2, loss 0.500, accuracy 40.0 % on the test set",
    "ce: step 4, loss 0.250, accuracy 80.0 % on the test set",
  ]);
});

Deno.test("liveTraining() supports trainings that end before their first step", async () => {
  const { onProgress, finish } = liveTraining();
  onProgress({ kind: "end", step: 0, iterations: 4, interrupted: true });
  await finish();
});

Deno.test("liveTraining() begins with the steps before a resumed one", async () => {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => void lines.push(line);
  try {
    const columns = { step: [1, 2, 3], loss: [4, 2, 1], all: [null, null, null] };
    const { onProgress, finish, signal } = liveTraining({
      title: "ce",
      earlier: { step: columns.step, columns },
    });
    const tell = (event: unknown) => onProgress(event as TrainEvent);
    tell({ kind: "start", recipe: "builtin/ce", step: 2, iterations: 4 });
    tell({ kind: "evaluation", step: 2, iterations: 4, evaluation: { all: 40 } });
    await finish();
    assertEquals(signal.aborted, false);
  } finally {
    console.log = log;
  }
  // Step 3 was logged by a training that was killed before its next checkpoint.
  assertEquals(lines, ["ce: step 2, loss 2.000, accuracy 40.0 % on the test set"]);
});
