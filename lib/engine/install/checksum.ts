/**
 * Checking that a downloaded file is the one that was asked for.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { InstallError } from "./install_error.ts";

/**
 * The SHA-256 of a file, read in pieces.
 *
 * @param file Its path.
 * @returns 64 hexadecimal digits.
 */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(piece);
  return hash.digest("hex");
}

/**
 * Refuses a file that is not the one pinned.
 *
 * @param file Its path.
 * @param expected Its SHA-256.
 * @throws {InstallError} If the file has another one.
 */
export async function checkSha256(file: string, expected: string): Promise<void> {
  const found = await sha256OfFile(file);
  if (found !== expected) {
    throw new InstallError(
      `Expected ${basename(file)} to have the SHA-256 ${expected} but found ${found}: ` +
        "the download was damaged or replaced, nothing of it was kept; try again",
    );
  }
}
