/**
 * Setup of libtensorflow: finds it, or installs it if it is available for this machine.
 *
 * @module
 */
import { findDownloader } from "./downloader.ts";
import { installBuild, type OnProgress } from "./install.ts";
import { UnavailableError } from "./install_error.ts";
import { cachedLibrary, type LibraryLocation, locateLibtensorflow } from "./locate.ts";
import { libraryBuild, TENSORFLOW_VERSION } from "./platform.ts";

/** Options of {@linkcode setup}. */
export interface SetupOptions {
  /**
   * Whether to install the build for NVIDIA GPUs.
   *
   * @default {false}
   */
  gpu?: boolean;
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
 * @param options Build and callbacks.
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

async function findOrInstall(
  { gpu = false, onProgress, onNote }: SetupOptions,
): Promise<SetupOutcome> {
  const build = libraryBuild({ gpu });
  const wanted = Deno.env.get("NBN_BACKEND");
  if (!gpu && (wanted === "wasm" || wanted === "cpu")) {
    throw new UnavailableError(`NBN_BACKEND=${wanted} asks for another backend`);
  }
  const found = gpu
    ? await cachedLibrary(build ? [build.folder] : [])
    : await locateLibtensorflow();
  if (found) return { state: "ready", location: found, installed: false };
  if (!build) {
    throw new UnavailableError(
      `there is no ${gpu ? "GPU build" : "build"} of TensorFlow ${TENSORFLOW_VERSION} ` +
        `for ${Deno.build.os} on ${Deno.build.arch}`,
    );
  }
  const downloader = await findDownloader();
  if (!downloader) {
    throw new UnavailableError("neither `python3 -m pip` nor `uv` is on this machine to fetch it");
  }
  if (!build.tested) onNote?.(`The build for ${build.platform} has not been tested yet.`);
  const folder = await installBuild(
    build,
    downloader,
    onProgress,
    () => onNote?.("Another process is installing already: waiting for it."),
  );
  return {
    state: "ready",
    location: { folder, source: "the cache", version: TENSORFLOW_VERSION },
    installed: true,
  };
}
