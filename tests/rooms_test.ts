/**
 * The rooms of `lib/`: a lower one never imports a higher one, and no files import each other in a circle.
 *
 * @module
 */
import { assertEquals } from "@std/assert";

const LIB = new URL("../lib/", import.meta.url);

/** From the lowest to the highest. */
const ROOMS = [
  ...["deps", "core", "engine", "nn", "losses", "samplers", "data", "post_hoc", "train"],
  ...["detection", "export", "analysis", "plots", "report", "notebooks", "cli"],
];

/** Path within `lib/` of every file, with those that it imports, types included. */
const imports = new Map([...filesIn(LIB)].map((file) => [pathOf(file), importsOf(file)]));

function* filesIn(folder: URL): Generator<URL> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* filesIn(new URL(`${name}/`, folder));
    else if (name.endsWith(".ts")) yield new URL(name, folder);
  }
}

function pathOf(file: URL): string {
  return file.href.slice(LIB.href.length);
}

function importsOf(file: URL): string[] {
  const code = Deno.readTextFileSync(file).replaceAll(/\/\*[\s\S]*?\*\//g, "");
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+\.ts)"/g)]
    .map(([, path]) => new URL(path, file))
    .filter(({ href }) => href.startsWith(LIB.href))
    .map(pathOf);
}

/** Which room a file is in, from 0 for the lowest. */
function level(path: string): number {
  return ROOMS.indexOf(path.split("/")[0]);
}

/** Files that import themselves by way of others, found by taking away all that import nothing left. */
function inCircles(): string[] {
  const left = new Map([...imports].map(([path, own]) => [path, new Set(own)]));
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [path, own] of left) {
      if (![...own].some((other) => left.has(other))) left.delete(path);
    }
  }
  return [...left.keys()].sort();
}

Deno.test("every room has its place in the order", () => {
  const rooms = new Set([...imports.keys()].map((path) => path.split("/")[0]));
  assertEquals([...rooms].sort(), ROOMS.toSorted());
});

Deno.test("no file imports from a room above its own", () => {
  const upward = [...imports].flatMap(([path, own]) =>
    own.filter((other) => level(other) > level(path)).map((other) => `${path} imports ${other}`)
  );
  assertEquals(upward, []);
});

Deno.test("no files import each other in a circle", () => assertEquals(inCircles(), []));
