/**
 * Generates docs/results.md and docs/detection.md from finished runs and the paper's tables.
 *
 * @module
 */
import { detectionPage } from "./results/detection.ts";
import { resultsPage } from "./results/page.ts";
import { writePage } from "./write_page.ts";

if (import.meta.main) {
  // Paths on the page are those from the project's root.
  Deno.chdir(new URL("../", import.meta.url));
  await writePage("docs/results.md", await resultsPage("data"));
  await writePage("docs/detection.md", await detectionPage("data"));
}
