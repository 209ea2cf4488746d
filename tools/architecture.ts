/**
 * `deno task architecture`: draws the imports between the rooms of `lib/` and lists the rooms in ARCHITECTURE.md.
 *
 * @module
 */
import { draw } from "../lib/plots/draw.ts";
import type { Figure } from "../lib/plots/figure.ts";
import { colour } from "../lib/plots/theme.ts";
import { readSources, ROOM_NAMES, roomOf, ROOMS } from "./rooms.ts";
import { writePage } from "./write_page.ts";

const ROOT = new URL("../", import.meta.url);
/** The generated part of ARCHITECTURE.md. */
const TABLE = /(<!-- rooms, by deno task architecture -->\n)[\s\S]*?(<!-- end of rooms -->)/;
/** Side of a cell of the matrix in CSS pixels. */
const CELL = 21;

/**
 * Lists the rooms.
 *
 * @returns Lines of a Markdown list.
 */
export function roomList(): string {
  const about = Object.entries(ROOMS).map(([room, idea]) => `- \`${room}\`: ${idea}`);
  return `\n${about.join("\n")}\n\n`;
}

/**
 * Draws which room imports which: a matrix that is empty above its diagonal.
 *
 * @returns The figure.
 */
export function roomMatrix(): Promise<Figure> {
  const cells = new Map<string, number>();
  const lines = new Map<string, number>();
  for (const [path, { imports, lines: own }] of readSources()) {
    const room = roomOf(path);
    lines.set(room, (lines.get(room) ?? 0) + own);
    for (const other of imports) {
      const cell = `${room} ${roomOf(other)}`;
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
  }
  const data = [...cells].map(([cell, imports]) => {
    const [importer, imported] = cell.split(" ");
    return { importer, imported, imports };
  });
  const side = CELL * ROOM_NAMES.length;
  return draw({
    name: "rooms",
    title: "Imports between rooms",
    subtitle: "Imports of the files of a row's room from a column's room",
    rows: [[{
      width: side + 190,
      height: side + 90,
      plot: (plot) => ({
        marginLeft: 100,
        marginTop: 86,
        marginRight: 90,
        x: { domain: [...ROOM_NAMES], axis: "top", tickRotate: -60, label: null, tickSize: 0 },
        y: { domain: [...ROOM_NAMES], label: null, tickSize: 0 },
        marks: [
          plot.cell(data, {
            x: "imported",
            y: "importer",
            fill: ({ importer, imported }) => colour(importer === imported ? "grid" : "head"),
            fillOpacity: ({ importer, imported }) => importer === imported ? 1 : 0.25,
          }),
          plot.text(data, { x: "imported", y: "importer", text: "imports", fontSize: 9 }),
          plot.text(ROOM_NAMES, {
            y: (room) => room,
            text: (room) => `${lines.get(room)?.toLocaleString("en")} lines`,
            frameAnchor: "right",
            textAnchor: "start",
            dx: 8,
            fontSize: 9,
          }),
        ],
      }),
    }]],
  });
}

async function main(): Promise<void> {
  const figure = await roomMatrix();
  for (const theme of ["light", "dark"] as const) {
    const path = new URL(`docs/figures/rooms-${theme}.svg`, ROOT);
    await figure.in(theme).save(path.pathname);
  }
  const text = await Deno.readTextFile(new URL("ARCHITECTURE.md", ROOT));
  await writePage("ARCHITECTURE.md", text.replace(TABLE, `$1${roomList()}$2`));
}

if (import.meta.main) await main();
