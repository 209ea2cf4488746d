/**
 * Initialises a stage with a new classifier.
 *
 * @module
 */
import { disposeTree, flatten } from "../../core/tree.ts";
import type { StageHook } from "./stage.ts";
import { isIn } from "./paths.ts";

/**
 * Reinitialises parts of a network, for instance the head that cRT retrains.
 *
 * @param parts Paths of the parts.
 * @returns A hook for `begin` of a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reinitialise } from "@nbn/toolkit/train";
 *
 * assertEquals(reinitialise(["head"]).about, "new head");
 * ```
 */
export function reinitialise(parts: readonly string[]): StageHook {
  return {
    about: `new ${parts.join(" and ")}`,
    change({ network, data, seed }) {
      const fresh = network.init(seed, data.train.shape);
      disposeTree(fresh.state);
      const params = new Map();
      for (const [path, tensor] of flatten(fresh.params)) {
        if (isIn(parts, path)) params.set(path, tensor);
        else tensor.dispose();
      }
      return { params };
    },
  };
}
