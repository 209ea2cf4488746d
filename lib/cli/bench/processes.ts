/**
 * What is measured in processes of their own: importing mod.ts, and PyTorch's step.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { median } from "./median.ts";

const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/**
 * Measures a process that does nothing but import mod.ts.
 *
 * @param times How often.
 * @returns Median time in milliseconds, start of Deno included.
 */
export async function importTime(times: number): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i <= times; i++) {
    const began = performance.now();
    await new Deno.Command(Deno.execPath(), { args: ["run", "-A", "--quiet", file("mod.ts")] })
      .output();
    // The first one warms Deno's caches.
    if (i > 0) all.push(performance.now() - began);
  }
  return median(all);
}

/** A step of another framework. */
export interface Peer {
  /** Its name and version. */
  readonly framework: string;
  /** Median time of a step in milliseconds. */
  readonly stepMs: number;
  /** Threads that it computes with. */
  readonly threads: number;
}

/**
 * Measures the same step in PyTorch.
 *
 * @param python The Python that has PyTorch.
 * @param batch Images in a step.
 * @param steps Steps measured.
 * @returns What was measured, or `undefined` where there is no PyTorch.
 */
export async function peerStep(
  python: string,
  batch: number,
  steps: number,
): Promise<Peer | undefined> {
  const args = [file("tests/peers/resnet32_step.py"), String(batch), String(steps)];
  try {
    const { success, stdout } = await new Deno.Command(python, { args, stderr: "null" }).output();
    return success ? JSON.parse(new TextDecoder().decode(stdout)) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
