/**
 * The attention examples of an analysis, drawn.
 *
 * @module
 */
import type { AttentionExample, AttentionPart } from "../analysis/run/run_analysis.ts";
import type { PositionMap } from "../analysis/upsample.ts";
import type { Figure } from "../plots/figure.ts";
import { plots } from "../plots/mod.ts";

/** Width of an image where there is little room. */
const SMALL = 58;

/**
 * Draws attention over the frequent class's channels, over the rare class's, and over all, on each example.
 *
 * @param attention From {@linkcode readAnalysis}.
 * @param options Whether there is little room.
 * @returns The figure.
 */
export async function attentionFigure(
  { images, examples }: AttentionPart,
  { small = false }: { small?: boolean } = {},
): Promise<Figure> {
  const called = (label: number) => images.classNames[label];
  const captions = examples.map(({ label, predicted }) =>
    `${called(label)}\n${
      label === predicted ? "recognised" : `${small ? "→" : "taken for"} ${called(predicted)}`
    }`
  );
  const column = (map: (example: AttentionExample) => PositionMap) => examples.map(map);
  return await plots.attention(images, {
    "Frequent-only": column(({ frequent }) => frequent),
    "Rare-only": column(({ rare }) => rare),
    "All channels": column(({ all }) => all),
  }, { captions, side: small ? SMALL : undefined });
}
