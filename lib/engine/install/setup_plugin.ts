/**
 * Setup of a PJRT plugin: finds it, or installs it if it is available for this machine.
 *
 * @module
 */
import { removeStaging } from "./install.ts";
import { UnavailableError } from "./install_error.ts";
import { locatePlugin, locationIn, type PluginLocation } from "./locate_plugin.ts";
import { pluginBuild, type PluginName } from "./plugins.ts";
import { download, type SetupOptions } from "./setup.ts";

/**
 * Installs a plugin and the libraries it loads into the cache, unless it is already installed.
 *
 * @param name Kind of accelerator.
 * @param options Callbacks; the first note tells the sizes before anything is downloaded.
 * @returns The location of the plugin and whether this call installed it.
 * @throws {UnavailableError} If there is no such plugin for this machine, or it cannot be downloaded.
 * @throws {InstallError} If the download is not the pinned file, or cannot be unpacked.
 */
export async function setupPlugin(
  name: PluginName,
  options: SetupOptions = {},
): Promise<{ location: PluginLocation; installed: boolean }> {
  const found = await locatePlugin(name), build = pluginBuild(name);
  if (found) {
    if (build) await removeStaging(build);
    return { location: found, installed: false };
  }
  if (!build) {
    throw new UnavailableError(
      `there is no plugin for ${name} on ${Deno.build.os} ${Deno.build.arch} that is known to work: ` +
        "NBN_PJRT_PLUGIN can name the library of another",
    );
  }
  const { wheels, title, needs } = build;
  const total = wheels.reduce((sum, { megabytes }) => sum + megabytes, 0);
  const sizes = wheels.map(({ package: name, version, megabytes }) =>
    `${name} ${version}${wheels.length > 1 ? ` ${megabytes}` : ""}`
  );
  options.onNote?.(`Downloading ${total} MB for ${title}: ${sizes.join(", ")}`);
  if (needs) options.onNote?.(`It needs ${needs} on this machine.`);
  const folder = await download({ ...build, platform: title }, options);
  return { location: locationIn(folder, build, "the cache"), installed: true };
}
