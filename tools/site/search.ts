/**
 * Search over the pages and the reference, in the browser and without a server.
 *
 * @module
 */
import { MiniSearch } from "./deps.ts";

/** What the search can find. */
export interface Entry {
  /** Address within the site. */
  readonly id: string;
  /** Heading or name. */
  readonly title: string;
  /** Page or module that contains it. */
  readonly where: string;
  /** Text to search and to show the beginning of. */
  readonly text: string;
}

/** Characters of a text that are shown with a result. */
const SHOWN = 110;

const OPTIONS = { fields: ["title", "text"], storeFields: ["title", "where", "shown"] };

/**
 * Writes the script that all pages load: the library, the index and the behaviour of the search field.
 *
 * @param entries What can be found.
 * @returns The script.
 */
export async function searchScript(entries: readonly Entry[]): Promise<string> {
  const index = new MiniSearch(OPTIONS);
  index.addAll(entries.map((entry) => ({ ...entry, shown: entry.text.slice(0, SHOWN) })));
  const library = await Deno.readTextFile(
    new URL("../umd/index.js", import.meta.resolve("npm:minisearch@7.2.0")),
  );
  return `${library}
const options = ${JSON.stringify(OPTIONS)};
const source = ${JSON.stringify(JSON.stringify(index))};
(${behave})(options, source);
`;
}

/** Runs in the browser. */
function behave(options: typeof OPTIONS, source: string): void {
  // deno-lint-ignore no-explicit-any
  const { MiniSearch, document } = globalThis as any;
  // deno-lint-ignore no-explicit-any
  let index: any;
  const field = document.getElementById("search"), list = document.getElementById("found");
  field.addEventListener("input", () => {
    index ??= MiniSearch.loadJSON(source, options);
    const found = index.search(field.value, { prefix: true, fuzzy: 0.15, boost: { title: 4 } });
    list.replaceChildren(
      ...found.slice(0, 12).map(
        ({ id, title, where, shown }: Record<string, string>) => {
          const link = document.createElement("a"), note = document.createElement("small");
          link.href = id;
          link.textContent = title;
          note.textContent = [where, shown].filter((text) => text !== "").join(": ");
          link.append(note);
          const item = document.createElement("li");
          item.append(link);
          return item;
        },
      ),
    );
  });
}
