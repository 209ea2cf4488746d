/**
 * Installations of a small library into the cache, one build after the other.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Downloader } from "../../../lib/engine/install/downloader.ts";
import { installBuild, removeStaging } from "../../../lib/engine/install/install.ts";
import { UnavailableError } from "../../../lib/engine/install/install_error.ts";
import type { Build } from "../../../lib/engine/install/platform.ts";
import { zip } from "../../engine/install/zip.ts";
import type { Subject } from "../subjects.ts";

const FILES = ["tensorflow/a.so.2", "tensorflow/b.so.2"];
/** Bytes of a library: several pieces of a download. */
const SIZE = 100_000;
const WHEEL = zip(Object.fromEntries(FILES.map((file) => [file, library()])));

/** Writes the wheel in two pieces. */
const PIP: Downloader = {
  name: "pip",
  async fetch(_, to) {
    const file = `${to}/a.whl`, half = WHEEL.length >> 1;
    try {
      await Deno.writeFile(file, WHEEL.subarray(0, half));
      await Deno.writeFile(file, WHEEL.subarray(half), { append: true });
    } catch (error) {
      throw new UnavailableError((error as Error).message);
    }
    return { file };
  },
};

/** The cache folder. */
export const installed: Subject = {
  async write(folder, version) {
    // As setup does when it finds the library.
    if (version > 1) await removeStaging(build(version - 1), folder);
    const final = await installBuild(build(version), PIP, undefined, undefined, folder);
    // Keeps the folder small; the versions before it are not those of which anything may be lost.
    await Deno.remove(final.replace(/\d+$/, String(version - 1)), { recursive: true })
      .catch(() => {});
  },
  async check(folder, written) {
    for (const version of [written + 1, written]) {
      const final = `${folder}/${build(version).folder}`;
      const there = await Deno.stat(final).catch(() => undefined);
      if (!there) continue;
      for (const file of FILES) {
        const bytes = await Deno.readFile(`${final}/${file}`);
        if (bytes.toHex() !== library().toHex()) throw new Error(`${final}/${file}`);
      }
      return version;
    }
    return 0;
  },
};

function library(): Uint8Array {
  return Uint8Array.from({ length: SIZE }, (_, i) => Math.imul(i, 2654435761) >>> 24);
}

function build(version: number): Build {
  return {
    platform: "test",
    folder: `library-${version}`,
    tested: true,
    files: FILES,
    wheels: [{
      package: "a",
      version: "1",
      platform: "any",
      python: "3.11",
      abi: "cp311",
      sha256: createHash("sha256").update(WHEEL).digest("hex"),
      megabytes: 1,
      keep: (path) => FILES.includes(path),
    }],
  };
}
