/**
 * Checksum verification of downloaded files.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { InstallError } from "./install_error.ts";

/**
 * Computes the SHA-256 of a file, streaming its contents.
 *
 * @param file Path of the file.
 * @returns 64 hexadecimal digits.
 */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(piece);
  return hash.digest("hex");
}

/**
 * Verifies the SHA-256 of a file.
 *
 * @param file Path of the file.
 * @param expected Pinned SHA-256, 64 hexadecimal digits.
 * @throws {InstallError} If the SHA-256 differs.
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
