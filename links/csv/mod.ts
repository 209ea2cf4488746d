/**
 * The package `jsr:@std/csv` for machines that cannot reach JSR. Deleting `links` in `deno.json` selects the original.
 *
 * @module
 */
import { type Csv, npmCsv } from "../../lib/deps/npm_csv/mod.ts";

export type * from "../../lib/deps/npm_csv/parse.ts";
export type * from "../../lib/deps/npm_csv/stringify.ts";

const { parse, stringify }: Csv = await npmCsv();

export { parse, stringify };
