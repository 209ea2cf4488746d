/**
 * Detects text files that are not UTF-8.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";

/** Number of bytes to inspect. */
const LOOKED_AT = 1024;

/**
 * Checks that a file is UTF-8 text and not UTF-16, which spreadsheets and PowerShell write.
 *
 * @param file Path of the file, for error messages.
 * @param bytes Content of the file.
 * @throws {DataError} If the file begins with a UTF-16 byte order mark, or contains zero bytes near its beginning.
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
