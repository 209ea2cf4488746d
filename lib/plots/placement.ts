/**
 * Placement of NBN in a network.
 *
 * @module
 */
import type { NormLayer } from "../analysis/list_norms.ts";
import { draw, text } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { colour } from "./theme.ts";

const BOX = { width: 74, height: 24, gap: 12 };
const SQUARE = 15;

/** Properties of a norm layer that are drawn. */
export type PlacedNorm = Pick<NormLayer, "kind" | "stage" | "stages" | "block" | "role">;

/**
 * Draws the norm layers of a network by stage, and the layers of each block in its last stage, with NBN and BN in
 * different colours (paper, Figure 3).
 *
 * @param norms Norm layers from {@linkcode listNorms}.
 * @param options Title, theme.
 * @returns The figure.
 * @throws {RangeError} If the network has no norm layer.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { listNorms } from "@nbn/toolkit/analysis";
 * import { engine } from "@nbn/toolkit/engine";
 * import { nbn, resnetCifar } from "@nbn/toolkit/nn";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * await engine();
 * const network = resnetCifar({ depth: 8, classes: 10, norm: nbn() });
 * const { svg } = await plots.placement(listNorms({ network, ...network.init(0, [32, 32, 3]) }));
 * assertStringIncludes(svg, "1 of 7 norm layers is NBN");
 * ```
 */
export async function placement(
  norms: readonly PlacedNorm[],
  options: Omit<FigureOptions, "width" | "height"> = {},
): Promise<Figure> {
  if (norms.length === 0) throw new RangeError("Expected at least one norm layer but found none");
  const stages = norms[norms.length - 1].stages;
  const nbn = norms.filter(({ kind }) => kind === "nbn").length;
  const last = norms.filter(({ stage }) => stage === stages);
  const blocks = [...new Set(last.map(({ block }) => block))].map((block) =>
    last.filter((norm) => norm.block === block)
  );
  const pitch = last.every(isMain) ? 130 : 200;
  const perRow = Math.min(blocks.length, Math.floor(800 / pitch));
  const width = Math.max(perRow * pitch, 420);
  const overview = stageStrip(norms, stages, width);
  const depth = Math.max(...blocks.map((block) => block.filter(isMain).length));
  const rowHeight = 92 + depth * 2 * (BOX.height + BOX.gap);
  const drawn = blocks.map((block, index) => {
    const x = (index % perRow) * pitch, y = Math.floor(index / perRow) * rowHeight;
    return `<g transform="translate(${x},${y})">${blockDrawing(block, depth)}</g>`;
  });
  return await draw({
    name: "placement",
    title: "Placement of NBN",
    subtitle: `${nbn} of ${norms.length} norm layers ${nbn === 1 ? "is" : "are"} NBN`,
    legends: [[
      { label: "NBN: γ = g·v/‖v‖, β = g·u/‖u‖", colour: colour("series1") },
      { label: "BN", colour: colour("series0") },
    ]],
    rows: [
      [{ title: "All norm layers", width, height: overview.height, svg: overview.svg }],
      [{
        title: "The last stage, from image to classifier",
        width,
        height: Math.ceil(blocks.length / perRow) * rowHeight,
        svg: drawn.join(""),
      }],
    ],
  }, options);
}

function isMain({ role }: PlacedNorm): boolean {
  return role !== "shortcut";
}

function fillOf({ kind }: PlacedNorm): string {
  return colour(kind === "nbn" ? "series1" : "series0");
}

/** Draws one row per stage, with one square per norm layer. */
function stageStrip(
  norms: readonly PlacedNorm[],
  stages: number,
  width: number,
): { svg: string; height: number } {
  const parts: string[] = [];
  const perLine = Math.floor((width - 64) / (SQUARE + 3));
  let y = 0;
  for (let stage = 0; stage <= stages; stage++) {
    const own = norms.filter((norm) => norm.stage === stage);
    if (own.length === 0) continue;
    parts.push(text(stage === 0 ? "Stem" : `Stage ${stage}`, { x: 0, y: y + 12 }));
    own.forEach((norm, i) => {
      const x = 60 + (i % perLine) * (SQUARE + 3), line = Math.floor(i / perLine);
      parts.push(
        `<rect x="${x}" y="${
          y + line * (SQUARE + 3)
        }" width="${SQUARE}" height="${SQUARE}" rx="2" ` +
          `fill="${fillOf(norm)}"/>`,
      );
    });
    y += Math.ceil(own.length / perLine) * (SQUARE + 3) + 4;
  }
  return { svg: parts.join(""), height: y };
}

/** Draws a residual block from top to bottom, with its shortcut on the right. */
function blockDrawing(block: readonly PlacedNorm[], depth: number): string {
  const main = block.filter(isMain), shortcut = block.find((norm) => !isMain(norm));
  const x = 4, middle = x + BOX.width / 2, step = BOX.height + BOX.gap;
  const aside = x + BOX.width + 16, side = shortcut ? aside + BOX.width / 2 : aside + 14;
  const parts = [text(`Block ${block[0].block}`, { x: middle, y: 12, anchor: "middle", size: 12 })];
  const top = 20, first = top + 16;
  const end = first + depth * 2 * step;
  const line = (d: string) =>
    `<path d="${d}" fill="none" stroke="${colour("muted")}" stroke-width="1.5"/>`;
  const join = end + 10;
  parts.push(line(`M${middle},${top}V${join - 9}`));
  parts.push(line(`M${middle},${top + 6}H${side}V${join}H${middle + 9}`));
  main.forEach((norm, i) => {
    const y = first + i * 2 * step;
    parts.push(plainBox("conv", x, y), normBox(norm, x, y + step));
    if (i < main.length - 1) {
      parts.push(text("ReLU", { x: middle + 4, y: y + 2 * step - 2.5, size: 9, fill: "muted" }));
    }
  });
  if (shortcut) {
    const y = first + (depth - 1) * step;
    parts.push(plainBox("conv", aside, y), normBox(shortcut, aside, y + step));
  }
  parts.push(
    `<circle cx="${middle}" cy="${join}" r="9" fill="${colour("paper")}" stroke="${
      colour("muted")
    }" ` +
      `stroke-width="1.5"/>`,
    text("+", { x: middle, y: join + 4.5, size: 13, anchor: "middle" }),
    line(`M${middle},${join + 9}v22m-4,-5l4,5l4,-5`),
    text("ReLU", { x: middle + 8, y: join + 24, size: 9, fill: "muted" }),
  );
  return parts.join("");
}

function plainBox(label: string, x: number, y: number): string {
  return `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4" fill="${
    colour("paper")
  }" stroke="${colour("muted")}"/>` +
    text(label, { x: x + BOX.width / 2, y: y + 16, anchor: "middle" });
}

function normBox(norm: PlacedNorm, x: number, y: number): string {
  return `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4" fill="${
    fillOf(norm)
  }"/>` + text(norm.kind === "nbn" ? "NBN" : "BN", {
    x: x + BOX.width / 2,
    y: y + 16,
    anchor: "middle",
    fill: "inverse",
    weight: norm.kind === "nbn" ? 600 : undefined,
  });
}
