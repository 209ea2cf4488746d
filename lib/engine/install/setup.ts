/**
 * Setup of libtensorflow: finds it, or installs it if it is available for this machine.
 *
 * @module
 */
import { join } from "node:path";
import { findDownloader } from "./downloader.ts";
import { installBuild, type OnProgress, removeStaging } from "./install.ts";
import { UnavailableError } from "./install_error.ts";
import { type LibraryLocation, locateLibtensorflow } from "./locate.ts";
import { type Build, libraryBuild, TENSORFLOW_VERSION } from "./platform.ts";

/** Callbacks of an installation. */
export interface SetupOptions {
  /** Progress callback of downloading and unpacking. */
  onProgress?: OnProgress;
  /** Called with notes for the user. */
  onNote?: (note: string) => void;
}

/** Outcome of {@linkcode setup}. */
export type SetupOutcome =
  | {
    /** The library is installed. */
    readonly state: "ready";
    /** Location of the library. */
    readonly location: LibraryLocation;
    /** Whether this call installed it. */
    readonly installed: boolean;
  }
  | {
    /** The library is not available; the fallback backends are used. */
    readonly state: "unavailable";
    /** Reason, in one line. */
    readonly reason: string;
  };

/**
 * Installs libtensorflow into the cache, unless it is already installed.
 *
 * @param options Callbacks.
 * @returns The location of the library, or why it is not available.
 * @throws {EngineError} If `NBN_LIBTENSORFLOW` names a folder without the library.
 * @throws {InstallError} If the download is not the pinned file, or cannot be unpacked.
 */
export async function setup(options: SetupOptions = {}): Promise<SetupOutcome> {
  try {
    return await findOrInstall(options);
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    return { state: "unavailable", reason: error.message };
  }
}

async function findOrInstall(options: SetupOptions): Promise<SetupOutcome> {
  const build = libraryBuild();
  const wanted = Deno.env.get("NBN_BACKEND");
  if (wanted === "wasm" || wanted === "cpu") {
    throw new UnavailableError(`NBN_BACKEND=${wanted} asks for another backend`);
  }
  const found = await locateLibtensorflow();
  if (found) {
    if (build) await removeStaging(build);
    return { state: "ready", location: found, installed: false };
  }
  if (!build) {
    throw new UnavailableError(
      `there is no build of TensorFlow ${TENSORFLOW_VERSION} for ${Deno.build.os} on ${Deno.build.arch}`,
    );
  }
  const folder = join(await download(build, options), "tensorflow");
  return {
    state: "ready",
    location: { folder, source: "the cache", version: TENSORFLOW_VERSION },
    installed: true,
  };
}

/**
 * Downloads a build with pip or uv and installs it into the cache.
 *
 * @param build The build.
 * @param options Callbacks.
 * @returns Its folder.
 * @throws {UnavailableError} If there is neither pip nor uv, the download fails, or the cache is not writable.
 * @throws {InstallError} If the download is not the pinned file, or cannot be unpacked.
 */
export async function download(
  build: Build,
  { onProgress, onNote }: SetupOptions,
): Promise<string> {
  const downloader = await findDownloader();
  if (!downloader) {
    throw new UnavailableError("neither `python3 -m pip` nor `uv` is on this machine to fetch it");
  }
  if (!build.tested) onNote?.(`The build for ${build.platform} has not been tested yet.`);
  return await installBuild(
    build,
    downloader,
    onProgress,
    () => onNote?.("Another process is installing already: waiting for it."),
  );
}
