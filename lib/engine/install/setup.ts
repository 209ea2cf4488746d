/**
 * Making sure that libtensorflow is there, where it can be had.
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
   * Whether the build for NVIDIA GPUs is wanted.
   *
   * @default {false}
   */
  gpu?: boolean;
  /** Told how far downloading and unpacking are. */
  onProgress?: OnProgress;
  /** Told of what a person wants to know meanwhile. */
  onNote?: (note: string) => void;
}

/** What came of it. */
export type SetupOutcome =
  | {
    /** The library is there. */
    readonly state: "ready";
    /** Where. */
    readonly location: LibraryLocation;
    /** Whether this call put it there. */
    readonly installed: boolean;
  }
  | {
    /** The library cannot be had; the fallback backends serve. */
    readonly state: "unavailable";
    /** Why, in one line. */
    readonly reason: string;
  };

/**
 * Installs libtensorflow into the cache, unless it is found already.
 *
 * @param options Which build, and whom to tell.
 * @returns Where the library is, or why it cannot be had.
 * @throws {EngineError} If `NBN_LIBTENSORFLOW` names a folder without the library.
 * @throws {InstallError} If the download is not the pinned file, or does not unpack.
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
