/**
 * SVG to PNG by resvg, with a font of its own, so that pictures are the same on machines with other fonts or
 * none; loaded when the first picture is made. Their names are not literal arguments of `import`, for those
 * Deno downloads as soon as a file that holds them is imported.
 *
 * @module
 */

const RESVG: string = "npm:@resvg/resvg-wasm@2.6.2";
const FONTS: string = "npm:dejavu-fonts-ttf@2.37.3";

/** What is used of resvg. */
interface Resvg {
  new (svg: string, options: object): { render(): { asPng(): Uint8Array<ArrayBuffer> } };
}

let loading: Promise<{ Resvg: Resvg; fonts: Uint8Array[] }> | undefined;

/**
 * Draws an SVG as PNG.
 *
 * @param svg The SVG; its texts are set in DejaVu Sans.
 * @param scale Pixels for each unit of the SVG.
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
    import(RESVG),
    // Where a package lies can be asked only after something of it was imported.
    import(`${FONTS}/package.json`, { with: { type: "json" } }),
  ]);
  const file = (name: string) => Deno.readFile(new URL(import.meta.resolve(name)));
  await initWasm(await file(`${RESVG}/index_bg.wasm`));
  const fonts = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"];
  return { Resvg, fonts: await Promise.all(fonts.map((name) => file(`${FONTS}/ttf/${name}`))) };
}
