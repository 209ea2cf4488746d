/**
 * Programs that can download a wheel: pip and uv.
 *
 * @module
 */
import { join } from "node:path";
import { UnavailableError } from "./install_error.ts";
import { PYTHON_COMMAND, runProgram } from "./python.ts";
import type { Wheel } from "./wheel.ts";

/** A program that downloads wheels. */
export interface Downloader {
  /** Name in messages. */
  readonly name: "pip" | "uv";
  /**
   * Downloads one wheel.
   *
   * @param wheel The wheel.
   * @param folder An empty folder for all files written by the program.
   * @returns Path of the wheel; or, if the program verifies the hash and unpacks the wheel itself, of the folder with
   * its contents.
   * @throws {UnavailableError} If the download fails.
   */
  fetch(wheel: Wheel, folder: string): Promise<{ file: string } | { contents: string }>;
}

/**
 * Finds an installed downloader: Python's pip, else uv.
 *
 * @returns The downloader, or undefined if neither is installed.
 */
export async function findDownloader(): Promise<Downloader | undefined> {
  if ((await runProgram(PYTHON_COMMAND, ["-m", "pip", "--version"]))?.success) return PIP;
  if ((await runProgram("uv", ["--version"]))?.success) return UV;
  return undefined;
}

const PIP: Downloader = {
  name: "pip",
  async fetch(wheel, folder) {
    await run("pip", wheel, folder, PYTHON_COMMAND, [
      ...["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-cache-dir"],
      ...["--no-deps", "--only-binary=:all:"],
      ...["--platform", wheel.platform, "--python-version", wheel.python],
      ...["--implementation", "cp", "--abi", wheel.abi],
      ...["--dest", folder, `${wheel.package}==${wheel.version}`],
    ]);
    for await (const { name } of Deno.readDir(folder)) {
      if (name.endsWith(".whl")) return { file: join(folder, name) };
    }
    throw new UnavailableError(`pip left no wheel of ${wheel.package} ${wheel.version}`);
  },
};

const UV: Downloader = {
  name: "uv",
  async fetch(wheel, folder) {
    const contents = join(folder, "contents"), requirements = join(folder, "requirements.txt");
    await Deno.writeTextFile(
      requirements,
      `${wheel.package}==${wheel.version} --hash=sha256:${wheel.sha256}\n`,
    );
    await run("uv", wheel, folder, "uv", [
      ...["pip", "install", "--quiet", "--target", contents, "--no-deps"],
      ...["--only-binary", ":all:", "--require-hashes", "--requirement", requirements],
      ...["--python-platform", uvPlatform(wheel.platform), "--python-version", wheel.python],
      // Within this folder the cache can be hard-linked instead of copied, and is removed together with it.
      ...["--cache-dir", join(folder, "cache"), "--link-mode", "hardlink"],
    ]);
    return { contents };
  },
};

/** Maps a wheel's platform tag to uv's name of a compatible platform. */
function uvPlatform(tag: string): string {
  if (tag.startsWith("macosx")) return "aarch64-apple-darwin";
  return `${tag.endsWith("aarch64") ? "aarch64" : "x86_64"}-manylinux_2_28`;
}

async function run(
  name: string,
  wheel: Wheel,
  folder: string,
  command: string,
  args: string[],
): Promise<void> {
  const temporary = join(folder, "tmp");
  await Deno.mkdir(temporary, { recursive: true });
  // Temporary files may not fit into /tmp, and their size is reported as progress.
  const ran = await runProgram(command, args, { TMPDIR: temporary });
  if (ran?.success) return;
  const complaint = ran?.stderr.trim().split("\n")
    .findLast((line) => line.trim() !== "" && !/^(\[notice\]|WARNING)/.test(line));
  throw new UnavailableError(
    `${name} could not fetch ${wheel.package} ${wheel.version}: ${
      complaint?.trim() ?? "it did not start"
    }`,
  );
}
