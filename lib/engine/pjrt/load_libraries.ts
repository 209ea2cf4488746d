/**
 * Loading the libraries that a plugin asks for by name.
 *
 * @module
 */
import { basename } from "node:path";
import { EngineError } from "../../core/errors.ts";
import type { PluginLocation } from "../install/locate_plugin.ts";
import { pin } from "../pin.ts";

/**
 * Loads the libraries of a plugin for the rest of the process. When the plugin, or one of them, asks for another by name,
 * it gets it wherever it lies; otherwise NVIDIA's plugin would only tell in lines of its own which one it has not found.
 *
 * @param location The plugin; a library that is not where it says is searched for by name where the system has its own.
 * @param name Kind of accelerator, for the error.
 * @throws {EngineError} If some cannot be loaded; the message names them.
 */
export function loadLibraries({ driver, loads }: PluginLocation, name: string): void {
  const missing = loads.filter((path) => !pin(path) && !pin(basename(path)))
    .map((path) => basename(path));
  const hasDriver = !driver || pin(driver.library);
  if (hasDriver && missing.length === 0) return;
  const found = [...(hasDriver ? [] : [`${driver.library} (${driver.name})`]), ...missing];
  const setup = `\`deno task setup --device ${name}\` installs `;
  const remedies = [
    ...(hasDriver ? [] : ["install the driver"]),
    ...(missing.length === 0 ? [] : [setup + (hasDriver ? "them" : "the others")]),
  ];
  throw new EngineError(
    `Expected the libraries that the plugin loads but found no ${found.join(", ")}: ` +
      remedies.join(", "),
  );
}
