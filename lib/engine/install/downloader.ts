/**
 * The programs that can fetch a wheel.
 *
 * @module
 */
import { join } from "node:path";
import { UnavailableError } from "./install_error.ts";
import { PYTHON_COMMAND, runProgram } from "./python.ts";
import type { Wheel } from "./wheel.ts";

/** A program that fetches one wheel. */
export interface Downloader {
  /** What it is called in messages. */
  readonly name: "pip" | "uv";
  /**
   * Fetches one wheel.
   *
   * @param wheel Which.
   * @param folder An empty folder of its own, for everything it writes.
   * @returns The wheel's file; or, where the program checks the hash and unpacks by itself, the
   * folder with the wheel's contents.
   * @throws {UnavailableError} If it could not be fetched.
   */
  fetch(wheel: Wheel, folder: string): Promise<{ file: string } | { contents: string }>;
}

/**
 * The first program that this machine has: Python's pip, else uv.
 *
 * @returns The program, or undefined.
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
      // Inside our own folder the cache costs no second copy, and goes when the folder goes.
      ...["--cache-dir", join(folder, "cache"), "--link-mode", "hardlink"],
    ]);
    return { contents };
  },
};

/** uv's name of the platform that accepts a wheel's tag. */
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
  // Temporary files must not land on a small /tmp, and their size is the progress that is shown.
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
