/**
 * Signals that ask a training to stop.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { onSignals } from "../../lib/core/on_signals.ts";
import { onInterrupt } from "../../lib/cli/train/interrupt.ts";
import { captured } from "./capture.ts";

/** A training has begun. */
const STAGE = { kind: "stage", step: 0, iterations: 1, stage: 1, stageName: "first" } as const;

const ignore = Deno.build.os === "windows"; // there a process cannot send itself a signal

Deno.test({
  name: "a signal aborts a training once, however often it comes",
  ignore,
  async fn() {
    let came = 0;
    const stop = onSignals(["SIGUSR2"], () => came++);
    // As from a scheduler that signals all processes of a job, one of which passes it on.
    const send = async () => {
      const before = came;
      Deno.kill(Deno.pid, "SIGUSR2");
      while (came === before) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const { stderr } = await captured(async () => {
      const interrupt = onInterrupt();
      try {
        interrupt.watching(() => {})(STAGE);
        for (let i = 0; i < 3; i++) await send();
        assertEquals([interrupt.signal.aborted, interrupt.code], [true, 140]);
      } finally {
        interrupt.close();
        stop();
      }
      return 0;
    });
    assertEquals(stderr, "\nStopping after this step because of SIGUSR2");
  },
});

Deno.test({
  name: "a signal before the first step, as while images are read, ends the process",
  ignore,
  async fn() {
    const module = new URL("../../lib/cli/train/interrupt.ts", import.meta.url).href;
    const script = `import { onInterrupt } from "${module}";
      onInterrupt().watching(() => {});
      Deno.kill(Deno.pid, "SIGTERM");
      setTimeout(() => {}, 60_000);`;
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", script],
      cwd: fileURLToPath(new URL("../../", import.meta.url)),
      stderr: "piped",
    }).output();
    assertEquals(code, 143, new TextDecoder().decode(stderr));
    assertStringIncludes(new TextDecoder().decode(stderr), "Stopped before the first step");
  },
});
