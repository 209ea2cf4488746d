/**
 * Where NBN replaces batch norm.
 *
 * @module
 */
import type { NormSite } from "./module.ts";

/**
 * Sites at which NBN replaces batch norm (paper, section III-B and Table VI):
 *
 * - `"default"`: in the last stage, the last BN of each residual block and the BN of the first shortcut.
 * - `"A"`: every BN of the last stage.
 * - `"B"`: every BN of the last stage that the default excludes.
 * - `"C"`: every BN of the network.
 *
 * Or any predicate over sites.
 */
export type Placement = "default" | "A" | "B" | "C" | ((site: Required<NormSite>) => boolean);

/** Fills in the defaults of a site: a standalone norm counts as the last one of the last stage. */
export function completeSite(site: NormSite): Required<NormSite> {
  const { channels, stage = 1, stages = stage, block = 1, role = "last", path = "nbn" } = site;
  return { channels, stage, stages, block, role, path };
}

/**
 * Returns whether NBN replaces the norm at a site.
 *
 * @param placement The placement.
 * @param site Position of the norm.
 * @returns Whether the placement includes the site.
 * @throws {RangeError} If the placement is unknown.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const site = { channels: 64, stage: 3, stages: 3, block: 1, role: "inner" } as const;
 * assertEquals(isPlaced("default", site), false);
 * assertEquals(isPlaced("A", site), true);
 * ```
 */
export function isPlaced(placement: Placement, site: NormSite): boolean {
  const complete = completeSite(site);
  if (typeof placement === "function") return placement(complete);
  const { stage, stages, role } = complete;
  const last = stage === stages && stage > 0;
  const byDefault = last && (role === "last" || role === "shortcut");
  switch (placement) {
    case "default":
      return byDefault;
    case "A":
      return last;
    case "B":
      return last && !byDefault;
    case "C":
      return true;
    default:
      throw new RangeError(
        `Expected a placement to be default, A, B, C or a function but found ${placement}`,
      );
  }
}
