/**
 * Parts of a network that are frozen in a whole training.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";
import { flatten, type Params } from "../core/tree.ts";
import type { Network } from "../nn/network.ts";
import { expectedOf } from "../checkpoints/expected.ts";
import { networkOf } from "../loop/stages/network.ts";
import type { Stage } from "../loop/stages/stage.ts";

/**
 * Freezes parts of the network in all stages, in addition to what a stage does not train anyway.
 *
 * @param plan The network and the stages.
 * @param parts Paths of the parts; `*` matches any characters except `/`.
 * @param shape Shape of one image.
 * @returns The stages.
 * @throws {UsageError} If a part is in no stage's network; the message names the closest match.
 */
export function frozenStages(
  { network, stages }: { readonly network: Network; readonly stages: readonly Stage[] },
  parts: readonly string[],
  shape: readonly number[],
): readonly Stage[] {
  const indices = stages.map((_, index) => index);
  const byNetwork = Map.groupBy(indices, (index) => networkOf({ network, stages }, index));
  const found = new Map([...byNetwork.keys()].map((one) => {
    const { params = {}, state = {} } = expectedOf(one, shape);
    return [one, prefixes([params, state])] as const;
  }));
  const everywhere = new Set([...found.values()].flat());
  for (const part of parts) expectPart(part, everywhere);
  return stages.map((stage, index) => ({
    ...stage,
    frozen: found.get(networkOf({ network, stages }, index))!.filter((path) =>
      parts.some((part) => matches(part, path))
    ),
  }));
}

/** Lists every path prefix in some trees, outer parts before inner ones. */
function prefixes(trees: readonly Params[]): string[] {
  const all = new Set<string>();
  for (const [path] of trees.flatMap(flatten)) {
    const names = path.split("/");
    names.forEach((_, i) => all.add(names.slice(0, i + 1).join("/")));
  }
  return [...all];
}

function matches(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*");
  return new RegExp(`^${escaped}$`).test(path);
}

function expectPart(part: string, known: ReadonlySet<string>): void {
  if ([...known].some((path) => matches(part, path))) return;
  const outer = [...known].filter((path) => !path.includes("/"));
  throw new UsageError(
    `Expected --freeze to name parts of the network (${outer.join(", ")}, or parts of them) ` +
      `but found "${part}"${didYouMean(part, known)}`,
  );
}
