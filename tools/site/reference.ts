/**
 * The reference of the public names, by door.
 *
 * @module
 */
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { doors } from "../doors.ts";
import type { Entry } from "./search.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Stands for TensorFlow.js, whose 1,400 names have a separate reference. */
const WITHOUT_TENSORFLOW = `
/** TensorFlow.js, which has a separate reference. */
export declare namespace tf {}
`;

/** Keeps the pages as wide as a telephone: `deno doc` lets their longest line of code set the width. */
const NARROW =
  ".ddoc>div{min-width:0;max-width:100vw}pre{overflow-x:auto}code{overflow-wrap:anywhere}";

/** A name in the search index of `deno doc`. */
interface Node {
  readonly name: string;
  readonly file: string;
  readonly doc: string;
  readonly url: string;
}

/**
 * Writes the reference.
 *
 * @param folder Folder to write to.
 * @returns What a search can find in it: the names behind each door.
 */
export async function writeReference(folder: string): Promise<Entry[]> {
  const copy = await Deno.makeTempDir();
  try {
    for (const path of ["deno.json", "mod.ts", "lib", "links"]) {
      await cp(`${ROOT}${path}`, `${copy}/${path}`, { recursive: true });
    }
    await Deno.writeTextFile(`${copy}/lib/deps/tfjs.ts`, WITHOUT_TENSORFLOW);
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["doc", "--quiet", "--html", "--name=NBN", `--output=${folder}`],
        ...doors().map(({ path }) => path),
      ],
      cwd: copy,
      env: { NO_COLOR: "1" },
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
  await Deno.writeTextFile(`${folder}/page.css`, NARROW, { append: true });
  return await entriesIn(folder);
}

/** Reads the search index of `deno doc`: the names behind doors, without the members of types. */
async function entriesIn(folder: string): Promise<Entry[]> {
  const script = await Deno.readTextFile(`${folder}/search_index.js`);
  const [, index] = /DENO_DOC_SEARCH_INDEX = (\{.*\});/.exec(script)!;
  const { nodes } = JSON.parse(index) as { nodes: Node[] };
  // The names of the root are behind the other doors, too.
  const shown = nodes.filter(({ name, file }) => file !== "." && /^(plots\.)?\w+$/.test(name));
  return shown.map(({ name, file, doc, url }) => ({
    id: `reference/${url.replace(/^(\.\/)+/, "")}`,
    title: name,
    where: `@nbn/toolkit/${file}`,
    text: doc,
  }));
}
