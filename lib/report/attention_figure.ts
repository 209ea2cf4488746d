/**
 * Figure of an analysis's attention examples.
 *
 * @module
 */
import type { AttentionPart } from "../analysis/run/run_analysis.ts";
import type { Figure } from "../plots/figure.ts";
import { plots } from "../plots/mod.ts";

/** Width of an image in a small figure, in CSS pixels. */
const SMALL = 58;

/**
 * Draws for each example the attention over the frequent class's channels, over the rare class's channels, and over all
 * channels.
 *
 * @param attention Attention examples from {@linkcode readAnalysis}.
 * @param options Whether to draw a small figure.
 * @returns The figure.
 */
export async function attentionFigure(
  { images, examples }: AttentionPart,
  { small = false }: { small?: boolean } = {},
): Promise<Figure> {
  return await plots.classAttention(images, examples, { side: small ? SMALL : undefined });
}
