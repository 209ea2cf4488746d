/**
 * XLA's CPU plugin, on which the code for accelerators is tested.
 *
 * @module
 */
import { EngineError } from "../../../lib/core/errors.ts";
import { setupPlugin } from "../../../lib/engine/install/setup_plugin.ts";

/** The plugin's shared library; installed on the first call on a machine, if it can be downloaded. */
export const PLUGIN: string | undefined = await setupPlugin("cpu-plugin").then(
  ({ location }) => location.library,
  (error) => {
    if (!(error instanceof EngineError)) throw error;
    return undefined;
  },
);

/**
 * Registers a test that needs the plugin; without it, it is skipped and says so.
 *
 * @param name Name of the test.
 * @param fn The test.
 */
export function testWithPlugin(name: string, fn: () => void | Promise<void>): void {
  Deno.test({
    name: PLUGIN ? name : `${name} (skipped: XLA's CPU plugin cannot be installed here)`,
    ignore: !PLUGIN,
    fn,
  });
}
