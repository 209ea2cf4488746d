/**
 * Initialises a stage that learns from the previous network as a teacher.
 *
 * @module
 */
import { mapTree } from "../../core/tree.ts";
import type { StageHook } from "./stage.ts";

/**
 * Keeps a copy of the current network as the frozen teacher of a loss that uses `"teacher"`. The student starts from
 * the teacher's parameters (xERM), or from new ones if its stage has another network (RIDE's distillation).
 *
 * @returns A hook for `begin` of a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { keepTeacher } from "@nbn/toolkit/train";
 *
 * assertEquals(keepTeacher().about, "the network so far becomes the teacher");
 * ```
 */
export function keepTeacher(): StageHook {
  return {
    about: "the network so far becomes the teacher",
    change: ({ params, state }) => ({
      memory: {
        teacher: {
          params: mapTree(params, (tensor) => tensor.clone()),
          state: mapTree(state, (tensor) => tensor.clone()),
        },
      },
    }),
  };
}
