/**
 * SVG to PNG by resvg with a bundled font, so that images do not depend on the fonts of the machine; loaded on first
 * use.
 *
 * @module
 */
import { ON_USE } from "./on_use.ts";

const RESVG = "npm:@resvg/resvg-wasm@2.6.2";
const FONTS = "npm:dejavu-fonts-ttf@2.37.3";

/** The part of resvg that is used. */
interface Resvg {
  new (svg: string, options: object): { render(): { asPng(): Uint8Array<ArrayBuffer> } };
}

let loading: Promise<{ Resvg: Resvg; fonts: Uint8Array[] }> | undefined;

/**
 * Renders an SVG as PNG.
 *
 * @param svg SVG text; its text elements are rendered in DejaVu Sans.
 * @param scale Pixels per SVG unit.
 * @returns The bytes of the PNG file.
 */
export async function svgToPng(svg: string, scale: number): Promise<Uint8Array<ArrayBuffer>> {
  const { Resvg, fonts } = await (loading ??= load());
  const family = "DejaVu Sans";
  return new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: {
      fontBuffers: fonts,
      loadSystemFonts: false,
      defaultFontFamily: family,
      sansSerifFamily: family,
    },
  }).render().asPng();
}

async function load() {
  const [{ Resvg, initWasm }] = await Promise.all([
    import(`npm:@resvg/resvg-wasm@2.6.2/${ON_USE}`),
    // A package's path can be resolved only after importing from it.
    import(`npm:dejavu-fonts-ttf@2.37.3/${ON_USE}package.json`, { with: { type: "json" } }),
  ]);
  const file = (name: string) => Deno.readFile(new URL(import.meta.resolve(name)));
  await initWasm(await file(`${RESVG}/index_bg.wasm`));
  const fonts = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"];
  return { Resvg, fonts: await Promise.all(fonts.map((name) => file(`${FONTS}/ttf/${name}`))) };
}
