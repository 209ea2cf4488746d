/**
 * Atomic installation of a build into the cache.
 *
 * @module
 */
import { join } from "node:path";
import { withLock } from "../../core/lock.ts";
import { cacheFolder } from "./cache.ts";
import { checkSha256, sha256OfFile } from "./checksum.ts";
import type { Downloader } from "./downloader.ts";
import { InstallError, UnavailableError } from "./install_error.ts";
import { missingFiles } from "./library_files.ts";
import type { Build } from "./platform.ts";
import { unpack } from "./unpack.ts";
import { folderSize, watchFolder } from "./watch.ts";
import type { Wheel } from "./wheel.ts";

/** Progress of an installation. */
export interface InstallProgress {
  /** Current activity, for instance `Downloading tensorflow-cpu 2.21.0`. */
  readonly activity: string;
  /** Bytes processed so far. */
  readonly done: number;
  /** Total number of bytes. */
  readonly total: number;
}

/** Progress callback, called many times per second. */
export type OnProgress = (progress: InstallProgress) => void;

/**
 * Downloads a build, verifies it, and installs its libraries into the cache.
 *
 * Files are prepared in a staging folder, which is renamed at the end. A wheel that was completely downloaded before
 * an interruption is reused; other leftovers are removed.
 *
 * @param build The build to install.
 * @param downloader The program to download with.
 * @param onProgress Progress callback.
 * @param onWait Called if another process is already installing.
 * @param cache The cache folder.
 * @returns The folder with the files of the build.
 * @throws {UnavailableError} If the download fails, or the cache is not writable.
 * @throws {InstallError} If the download has the wrong checksum, lacks a file, or cannot be unpacked.
 */
export async function installBuild(
  build: Build,
  downloader: Downloader,
  onProgress: OnProgress = () => {},
  onWait?: () => void,
  cache: string = cacheFolder(),
): Promise<string> {
  const final = join(cache, build.folder);
  await makeCache(cache);
  await withLock(`${final}.lock`, async () => {
    // Another process may have finished while this one waited.
    if ((await missingFiles(final, build.files)).length === 0) return;
    const staging = stagingOf(build, cache), contents = join(staging, "contents");
    await remove(contents);
    for (const wheel of build.wheels) {
      await addWheel(wheel, staging, contents, downloader, onProgress);
    }
    await expectComplete(build, contents);
    await remove(final);
    await Deno.rename(contents, final);
    await remove(staging);
  }, onWait);
  return final;
}

/** Adds the required files of one wheel to `contents`. */
async function addWheel(
  wheel: Wheel,
  staging: string,
  contents: string,
  downloader: Downloader,
  onProgress: OnProgress,
): Promise<void> {
  const title = `${wheel.package} ${wheel.version}`;
  const kept = join(staging, `${wheel.package}-${wheel.version}.whl`);
  if (await sha256OfFile(kept).catch(() => undefined) !== wheel.sha256) {
    const folder = join(staging, wheel.package);
    const fetched = await fetchWithRetry(wheel, folder, downloader, (done) => {
      const total = wheel.megabytes * 1e6;
      onProgress({ activity: `Downloading ${title}`, done: Math.min(done, total), total });
    });
    if ("contents" in fetched) {
      await moveKept(fetched.contents, contents, wheel.keep);
      return await remove(folder);
    }
    await checkSha256(fetched.file, wheel.sha256).catch(async (error) => {
      await remove(folder);
      throw error;
    });
    await Deno.rename(fetched.file, kept);
    await remove(folder);
  }
  await unpack(kept, contents, {
    keep: wheel.keep,
    onProgress: (done, total) => onProgress({ activity: `Unpacking ${title}`, done, total }),
  });
}

/** Retries interrupted downloads up to twice, but not those that failed before any byte arrived. */
async function fetchWithRetry(
  wheel: Wheel,
  folder: string,
  downloader: Downloader,
  onSize: (bytes: number) => void,
): ReturnType<Downloader["fetch"]> {
  for (let attempt = 1;; attempt++) {
    await remove(folder);
    await Deno.mkdir(folder, { recursive: true });
    let arrived = 0;
    try {
      return await watchFolder(folder, downloader.fetch(wheel, folder), (bytes) => {
        arrived = Math.max(arrived, bytes);
        onSize(bytes);
      });
    } catch (error) {
      arrived = Math.max(arrived, await folderSize(folder));
      await remove(folder);
      if (!(error instanceof UnavailableError) || arrived === 0 || attempt === 3) throw error;
    }
  }
}

async function moveKept(
  from: string,
  to: string,
  keep: (name: string) => boolean,
  inside = "",
): Promise<void> {
  for await (const entry of Deno.readDir(join(from, inside))) {
    const name = inside ? `${inside}/${entry.name}` : entry.name;
    if (entry.isDirectory) await moveKept(from, to, keep, name);
    else if (keep(name)) {
      await Deno.mkdir(join(to, inside), { recursive: true });
      await Deno.rename(join(from, name), join(to, name));
    }
  }
}

/**
 * Removes what an installation has left that was killed when only this was left to do.
 *
 * @param build The build, which is installed.
 * @param cache The cache folder.
 */
export async function removeStaging(build: Build, cache: string = cacheFolder()): Promise<void> {
  // Most commands may not write to the cache.
  await remove(stagingOf(build, cache)).catch(() => {});
}

function stagingOf(build: Build, cache: string): string {
  return `${join(cache, build.folder)}.partial`;
}

async function expectComplete({ wheels, files }: Build, contents: string): Promise<void> {
  const missing = await missingFiles(contents, files);
  if (missing.length === 0) return;
  throw new InstallError(
    `Expected ${wheels.map(({ package: name, version }) => `${name} ${version}`).join(", ")} ` +
      `to contain ${files.join(", ")} but found no ${missing.join(", ")}`,
  );
}

async function makeCache(cache: string): Promise<void> {
  try {
    await Deno.mkdir(cache, { recursive: true, mode: 0o755 });
    // A fixed name, so that a killed process leaves at most one.
    const probe = join(cache, "probe.part");
    await Deno.writeTextFile(probe, "");
    await remove(probe);
  } catch (cause) {
    throw new UnavailableError(
      `the cache folder ${cache} cannot be written to (${(cause as Error).message}); ` +
        "XDG_CACHE_HOME can name another",
      { cause },
    );
  }
}

async function remove(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
