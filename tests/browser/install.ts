/**
 * Installs the browser that tests of pages need: `deno run -A tests/browser/install.ts`.
 *
 * @module
 */
import { installChromium } from "./chromium.ts";

try {
  await installChromium();
} catch (error) {
  console.error(`Pages will not be tested: ${(error as Error).message}`);
  Deno.exit(1);
}
