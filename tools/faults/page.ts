/**
 * The generated parts of docs/faults.md.
 *
 * @module
 */
import { FAULT_RECORD } from "../../tests/faults/record.ts";
import { FUZZ_RECORD } from "../../tests/fuzz/record.ts";
import { readSamples, RECORD as SOAK } from "../../tests/soak/samples.ts";
import { writePage } from "../write_page.ts";
import { soakFigure } from "./soak_figure.ts";
import { faultLines, fuzzLines } from "./tables.ts";

/** Path of the page. */
export const PAGE = "docs/faults.md";
const ROOT = new URL("../../", import.meta.url);

/** The generated parts of the page: the task that writes each, and its lines. */
const PARTS: Readonly<Record<string, () => Promise<string[]>>> = {
  faults: async () => faultLines(await FAULT_RECORD.read()),
  fuzz: async () => fuzzLines(await FUZZ_RECORD.read()),
  soak: async () => {
    const { samples, machine } = await readSamples(SOAK);
    const alt = "Memory, tensors, open files and threads over the steps of a training: flat";
    return [
      "<picture>",
      '  <source media="(prefers-color-scheme: dark)" srcset="figures/soak-dark.svg">',
      `  <img src="figures/soak-light.svg" width="720" alt="${alt}">`,
      "</picture>",
      "",
      `Measured on ${machine}; \`deno task soak --steps ${samples.at(-1)?.step}\`.`,
    ];
  },
};

/**
 * Replaces the generated parts of the page.
 *
 * @param text The page.
 * @returns The page with what the records hold now.
 */
export async function withParts(text: string): Promise<string> {
  for (const [task, lines] of Object.entries(PARTS)) {
    const part = new RegExp(`(<!-- deno task ${task} -->\n)[\\s\\S]*?(<!-- end -->)`);
    const content = (await lines()).join("\n");
    text = text.replace(part, (_, begin, end) => `${begin}\n${content}\n\n${end}`);
  }
  return text;
}

/** Writes the page and its figure. */
export async function writeFaultsPage(): Promise<void> {
  const { samples } = await readSamples(SOAK);
  const figure = await soakFigure(samples);
  for (const theme of ["light", "dark"] as const) {
    await figure.in(theme).save(new URL(`docs/figures/soak-${theme}.svg`, ROOT).pathname);
  }
  await writePage(PAGE, await withParts(await Deno.readTextFile(new URL(PAGE, ROOT))));
}

if (import.meta.main) await writeFaultsPage();
