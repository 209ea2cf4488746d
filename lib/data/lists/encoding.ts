/**
 * Telling texts that are not in UTF-8.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";

/** How far into a file one looks. */
const LOOKED_AT = 1024;

/**
 * Checks that a file is a text in UTF-8 rather than in UTF-16, which spreadsheets and PowerShell write.
 *
 * @param file Its path, for the message.
 * @param bytes What it holds.
 * @throws {DataError} If it begins with UTF-16's byte order mark, or holds zeros.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => expectUtf8("list.txt", Uint8Array.of(0xff, 0xfe, 97, 0)), Error, "found UTF-16");
 * ```
 */
export function expectUtf8(file: string, bytes: Uint8Array): void {
  const [first, second] = bytes;
  const marked = first === 0xff && second === 0xfe || first === 0xfe && second === 0xff;
  if (!marked && !bytes.subarray(0, LOOKED_AT).includes(0)) return;
  throw new DataError(
    `Expected a text in UTF-8 in ${file} but found ${
      marked ? "UTF-16" : "zeros, as UTF-16 has"
    }: ` +
      `save it as UTF-8, for instance by iconv -f UTF-16 -t UTF-8 ${file} > list.txt`,
  );
}
