/**
 * The attention examples of an analysis, drawn.
 *
 * @module
 */
import type { AttentionPart } from "../analysis/run/run_analysis.ts";
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
  return await plots.classAttention(images, examples, { side: small ? SMALL : undefined });
}
