/**
 * Generates docs/results.md from finished runs and the paper's tables.
 *
 * @module
 */
import { resultsPage } from "./results/page.ts";

if (import.meta.main) {
  // Paths on the page are those from the project's root.
  Deno.chdir(new URL("../", import.meta.url));
  await Deno.writeTextFile("docs/results.md", await resultsPage("data"));
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "-q", "docs/results.md"],
  }).output();
  Deno.exit(success ? 0 : 1);
}
