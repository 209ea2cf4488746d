import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { decodePng } from "../../lib/deps/image_codecs.ts";
import { JUPYTER, TERMINAL } from "../../lib/plots/display.ts";
import { plots } from "../../lib/plots/mod.ts";
import { seriesColours } from "../../lib/plots/theme.ts";
import { inFolder } from "../in_folder.ts";

const counts = [500, 50, 5];

Deno.test("a figure is saved as SVG and PNG, creating parent folders", () =>
  inFolder(async (folder) => {
    const figure = await plots.classCounts(counts);
    const path = `${folder}/a/b/counts.svg`;
    assertEquals(await figure.save(path), path);
    assertEquals(await Deno.readTextFile(path), `${figure.svg}\n`);
    await figure.save(`${folder}/counts.PNG`);
    const { width, height } = await decodePng(await Deno.readFile(`${folder}/counts.PNG`));
    assertEquals([width, height], [2 * figure.width, 2 * figure.height]);
    await assertRejects(
      () => figure.save(`${folder}/counts.gif`),
      RangeError,
      "Expected a path that ends in .svg or .png",
    );
  }));

Deno.test("a PNG has the theme's background and contains the texts", async () => {
  const figure = await plots.classCounts(counts);
  for (const [theme, paper, ink] of [["light", 255, 0x1f], ["dark", 0x15, 0xe8]] as const) {
    const { width, data } = await decodePng(await figure.in(theme).png(1));
    const red = (x: number, y: number) => data[(y * width + x) * 4];
    assertEquals(red(width >> 1, 4), paper);
    // Letters of the title have pixels of the text colour, and cover only part of the line.
    let inked = 0;
    for (let y = 16; y < 36; y++) {
      for (let x = 16; x < 250; x++) if (Math.abs(red(x, y) - ink) < 40) inked++;
    }
    assert(inked > 300 && inked < 2500, `Expected a title but found ${inked} pixels of ink`);
  }
});

Deno.test("a figure is displayed in Jupyter, and as the path of a file at a terminal", async () => {
  const figure = await plots.classCounts(counts);
  assertEquals(figure[JUPYTER](), { "image/svg+xml": figure.svg, "text/plain": figure.title });
  const line = Deno.inspect(figure);
  assertEquals(Deno.inspect(figure), line);
  const path = /^Training images of each class: (.*\.svg)$/.exec(line)![1];
  assertEquals(await Deno.readTextFile(path), `${figure.svg}\n`);
  assertEquals(figure[TERMINAL](), line);
  await Deno.remove(path);
});

Deno.test("the theme auto has light colours and a style sheet for dark pages", async () => {
  const figure = await plots.classCounts(counts);
  assertStringIncludes(figure.svg, 'fill="#0072b2" data-fill="head"');
  assertStringIncludes(figure.svg, "@media (prefers-color-scheme:dark){");
  assertStringIncludes(figure.svg, "svg.nbn [data-fill=head]{fill:#56b4e9}");
  assertEquals(figure.in("light").svg.includes("data-fill"), false);
  assertStringIncludes(figure.in("dark").svg, 'fill="#56b4e9"');
  const plain = (svg: string) =>
    svg.replace(/<style>.*?<\/style>/, "").replace(/ data-\w+="\w+"/g, "");
  assertEquals(plain(figure.svg), figure.in("light").svg);
  assertEquals(
    await plots.classCounts(counts, { theme: "dark" }).then(({ svg }) => svg),
    figure.in("dark").svg,
  );
});

Deno.test("a figure accepts a custom title with any characters", async () => {
  const { svg, title } = await plots.classCounts(counts, { title: 'a < b & "c"', subtitle: "s" });
  assertEquals(title, 'a < b & "c"');
  assertStringIncludes(svg, "<title>a &lt; b &amp; &quot;c&quot;</title>");
});

Deno.test("methods have the same distinct colour in every figure", () => {
  const some = seriesColours(["x", "cifar10-lt/ce", "cifar10-lt/ce+nbn+lr", "y"]);
  assertEquals(new Set(some).size, 4);
  assertEquals(seriesColours(["builtin/ce+nbn+lr", "builtin/ce"]), [some[2], some[1]]);
  assertEquals(new Set(seriesColours(["ce", "a/ce", "b/ce"])).size, 3);
  assertEquals(seriesColours(Array.from({ length: 20 }, (_, i) => String(i))).length, 20);
});
