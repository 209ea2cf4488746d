/**
 * The rooms of `lib/`: no imports from higher rooms and no import cycles.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { readSources, ROOM_NAMES, roomOf } from "../tools/rooms.ts";

const sources = readSources();

/** Returns the files on import cycles, by repeatedly removing files without remaining imports. */
function inCircles(): string[] {
  const left = new Map([...sources].map(([path, { imports }]) => [path, imports]));
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [path, imports] of left) {
      if (!imports.some((other) => left.has(other))) left.delete(path);
    }
  }
  return [...left.keys()].sort();
}

Deno.test("every room has its place in the order", () => {
  const rooms = new Set([...sources.keys()].map(roomOf));
  assertEquals([...rooms].sort(), ROOM_NAMES.toSorted());
});

Deno.test("no file imports from a higher room", () => {
  const level = (path: string) => ROOM_NAMES.indexOf(roomOf(path));
  const upward = [...sources].flatMap(([path, { imports }]) =>
    imports.filter((other) => level(other) > level(path)).map((other) => `${path} imports ${other}`)
  );
  assertEquals(upward, []);
});

Deno.test("no files form an import cycle", () => assertEquals(inCircles(), []));
