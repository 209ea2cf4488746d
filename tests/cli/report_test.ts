/**
 * `deno task report` on the command line.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { assertRefuses, inFolder, task } from "./task.ts";

const SHORT = ["--iterations", "3", "--batch", "8", "--evaluate-every", "3"];

/** Asserts that a page is self-contained and has its figures. */
function assertWhole(html: string): void {
  assert(!/<script|<link|<iframe|@import|url\(/.test(html), "something is loaded");
  const addresses = html.match(/\b(?:src|href|xlink:href)="(?!#|data:)[^"]*"|https?:[^"\s)]*/g) ??
    [];
  assertEquals(addresses.filter((address) => !address.includes("www.w3.org")), []);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assertEquals(ids.length, new Set(ids).size, "an id occurs twice");
  for (const [, link] of html.matchAll(/href="#([^"]*)"/g)) assert(ids.includes(link), link);
  const figures = html.match(/<svg[\s\S]*?<\/svg>/g)!;
  for (const svg of figures) {
    const marks = svg.match(/<(path|rect|circle|image|line)\b/g) ?? [];
    assert(marks.length >= 5, svg.slice(0, 300));
    assert(!/NaN|Infinity|undefined/.test(svg.replaceAll(/href="data:[^"]*"/g, "")));
  }
  assertEquals(html.match(/class="wide"/g)!.length * 2, figures.length);
  assert(!/NaN|undefined|\[object/.test(html.replaceAll(/<svg[\s\S]*?<\/svg>/g, "")));
}

Deno.test("report compares a sweep's recipes over its seeds and analyses runs that have no analysis", () =>
  inFolder(async (folder) => {
    const recipes = "builtin/ce,builtin/ce+nbn+lr";
    const { stderr: problem, code: swept } = await task(
      "sweep",
      ...[...SHORT, "--recipe", recipes, "--seeds", "0,1", "--out", `${folder}/runs`],
    );
    assertEquals(swept, 0, problem);
    const file = `${folder}/report.html`;
    const { code, stdout, stderr } = await task("report", `${folder}/runs`, "--to", file);
    assertEquals(code, 0, stderr);
    assertMatch(stdout, /report\.html: \d+ kB/);
    assertEquals(stderr.match(/accuracy analysed/g)?.length, 4);
    const html = await Deno.readTextFile(file);
    assertWhole(html);
    const values = await Promise.all([0, 1].map(async (seed) => {
      const summary = `${folder}/runs/builtin-ce-seed${seed}/summary.json`;
      return JSON.parse(await Deno.readTextFile(summary)).all as number;
    }));
    const mean = (values[0] + values[1]) / 2;
    const deviation = Math.abs(values[0] - values[1]) / Math.SQRT2;
    const row = `<th scope="row">builtin/ce</th><td>2</td><td>${mean.toFixed(1)} ± ${
      deviation.toFixed(1)
    }</td>`;
    assertStringIncludes(html, row);
    const sections = [...html.matchAll(/<section id="([^"]*)"/g)].map(([, id]) => id);
    assertEquals(sections, [
      ...["accuracy", "training", "classes", "confusion", "weights", "features", "masking"],
      ...["magnitude", "classifier", "attention", "sources"],
    ]);
    // Existing analyses are read, not computed again.
    const again = await task("report", `${folder}/runs`, "--to", file);
    assertEquals([again.code, again.stderr], [0, ""]);
    assertEquals(await Deno.readTextFile(file), html);

    // For a run that has lost its network, is unfinished or was continued, the page names the missing analysis.
    const [lost, open] = [
      `${folder}/runs/builtin-ce-seed1`,
      `${folder}/runs/builtin-ce+nbn+lr-seed1`,
    ];
    await Deno.remove(`${lost}/checkpoint-3.safetensors`);
    await Deno.remove(`${lost}/analysis`, { recursive: true });
    await Deno.remove(`${open}/summary.json`);
    await Deno.writeTextFile(`${open}/analysis/analysis.json`, '{"format": 0}');
    await Deno.remove(`${open}/checkpoint-3.safetensors`);
    const partial = await task("report", lost, open, "--to", file);
    assertEquals(partial.code, 0, partial.stderr);
    const less = await Deno.readTextFile(file);
    assertWhole(less);
    assertStringIncludes(less, `There is no ${lost}/analysis, and it cannot be made now.`);
    assertStringIncludes(less, `<pre>deno task analyse ${lost} --data builtin</pre>`);
    assertStringIncludes(less, "Its training is not finished");
    assertStringIncludes(less, "Expected an analysis of format 1");
    assertStringIncludes(partial.stderr, `deno task analyse ${lost} --data builtin`);
    assert(!less.includes('id="masking"'));
  }));

Deno.test("report refuses invalid arguments in one line", () =>
  inFolder(async (folder) => {
    const to = ["--to", `${folder}/report.html`];
    await assertRefuses("report", to, "Expected at least one run folder but found none");
    await assertRefuses("report", ["somewhere"], "Expected --to with a file that ends in .html");
    await assertRefuses("report", ["somewhere", "--to", "x.pdf"], 'but found "x.pdf"');
    await assertRefuses("report", [`${folder}/none`, ...to], "Expected a run folder but found no");
    await assertRefuses("report", [folder, ...to], "or to contain some, but found neither");
    await assertRefuses("report", [folder, "--bogus"], "Unknown option '--bogus'");
    const run = async (name: string, training: object, summary: object) => {
      await Deno.mkdir(`${folder}/${name}`);
      await Deno.writeTextFile(`${folder}/${name}/config.json`, JSON.stringify({ training }));
      await Deno.writeTextFile(`${folder}/${name}/summary.json`, JSON.stringify(summary));
    };
    const config = { recipe: "images/ce", seed: 0, counts: [200, 5] };
    const summary = {
      perClass: [90, 10],
      classNames: ["cat", "lynx"],
      confusion: [[9, 1], [9, 1]],
    };
    await run("old", { recipe: "images/ce" }, summary);
    await assertRefuses("report", [`${folder}/old`, ...to], "it is of another version");
    await run("damaged", config, {});
    await assertRefuses("report", [`${folder}/damaged`, ...to], "to be the summary of a run");
    await run("first", config, { ...summary, all: 50, head: 90, medium: null, tail: 10 });
    await run("other", config, { ...summary, classNames: ["oak", "elm"] });
    await assertRefuses(
      "report",
      [`${folder}/first`, `${folder}/other`, ...to],
      "Expected runs with the classes of",
    );
    await assertRefuses("report", [`${folder}/first`, "--to", `${folder}/no/x.html`], "no/x.html");
  }));
