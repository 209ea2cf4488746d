/**
 * A file that is written in parts, as the page of a report, the parts of an analysis and the table of predictions are.
 *
 * @module
 */
import { createAtomicFile } from "../../../lib/core/write_atomically.ts";
import type { Subject } from "../subjects.ts";

const PARTS = 10, LINES = 2000;

/** A page. */
export const page: Subject = {
  async write(folder, version) {
    await Deno.mkdir(folder, { recursive: true });
    await using file = await createAtomicFile(`${folder}/report.html`);
    for (let part = 0; part < PARTS; part++) await file.write(partOf(version));
    await file.finish();
  },
  async check(folder) {
    const text = await Deno.readTextFile(`${folder}/report.html`).catch(() => undefined);
    if (text === undefined) return 0;
    const version = Number(/\d+/.exec(text)![0]);
    const whole = new TextDecoder().decode(partOf(version)).repeat(PARTS);
    if (text !== whole) throw new Error(`version ${version} is not whole`);
    return version;
  },
};

function partOf(version: number): Uint8Array {
  return new TextEncoder().encode(`<p>${version}</p>\n`.repeat(LINES));
}
