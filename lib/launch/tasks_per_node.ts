/**
 * Slurm's numbers of tasks per node, as in `SLURM_STEP_TASKS_PER_NODE`.
 *
 * @module
 */
import { InputError } from "../core/errors.ts";

/**
 * Expands numbers of tasks with their repetitions: `2(x3),1` is 2, 2, 2, 1.
 *
 * @param text The numbers.
 * @param name Name of the variable that they are from, for error messages.
 * @returns Number of tasks of each node, at least 1, in the order of the host list.
 * @throws {InputError} If the text is malformed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(tasksPerNode("2(x3),1"), [2, 2, 2, 1]);
 * ```
 */
export function tasksPerNode(text: string, name = "the tasks per node"): number[] {
  return text.split(",").flatMap((part) => {
    const [, tasks, times = "1"] = /^([1-9]\d{0,5})(?:\(x([1-9]\d{0,4})\))?$/.exec(part.trim()) ??
      [];
    if (tasks === undefined) {
      throw new InputError(
        `Expected ${name} to be numbers such as 2(x3),1 but found ${JSON.stringify(text)}`,
      );
    }
    return Array<number>(Number(times)).fill(Number(tasks));
  });
}
