/**
 * Beginning a stage whose network is taught by what it was.
 *
 * @module
 */
import { mapTree } from "../../core/tree.ts";
import type { Beginning } from "./stage.ts";

/**
 * Remembers the network as it is now: the frozen teacher of a loss that uses `"teacher"`. The student starts from it
 * (xERM), or anew where its stage has another network (RIDE's distillation).
 *
 * @returns For a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(rememberTeacher().about, "the network so far becomes the teacher");
 * ```
 */
export function rememberTeacher(): Beginning {
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
