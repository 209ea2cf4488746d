/**
 * Files of a CIFAR archive, extracted or not.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { readTar } from "../../deps/tar.ts";
import { gunzip } from "./gunzip.ts";

/** A set of readable files. */
export interface Source {
  /** Name for error messages. */
  readonly name: string;
  /** Reads a file; resolves to `undefined` if it is missing. */
  read(name: string): Promise<Uint8Array | undefined>;
}

/**
 * Finds the files of an archive: in a folder, in the archive's subfolder of that folder, or in the archive itself.
 *
 * @param path A folder, or a `.tar.gz`.
 * @param inner Folder within the archive, for instance `cifar-10-batches-bin`.
 * @param archive Name of the archive, for instance `cifar-10-binary.tar.gz`.
 * @param probe A file that must exist.
 * @returns The source, or `undefined` if it is not found.
 * @throws {DataError} If the archive is truncated or corrupt.
 */
export async function findSource(
  path: string,
  inner: string,
  archive: string,
  probe: string,
): Promise<Source | undefined> {
  for (const folder of [path, `${path}/${inner}`]) {
    if (await isFile(`${folder}/${probe}`)) {
      return {
        name: folder,
        read: (name) =>
          Deno.readFile(`${folder}/${name}`).catch((error) => {
            if (error instanceof Deno.errors.NotFound) return undefined;
            throw error;
          }),
      };
    }
  }
  const file = /\.t(ar\.)?gz$/.test(path) ? path : `${path}/${archive}`;
  if (!await isFile(file)) return undefined;
  const files = new Map<string, Uint8Array>();
  for (const { name, data } of await unpack(file)) {
    const own = name.split("/");
    if (data && own.at(-2) === inner) files.set(own.at(-1)!, data);
  }
  if (!files.has(probe)) return undefined;
  return { name: file, read: (name) => Promise.resolve(files.get(name)) };
}

async function unpack(file: string) {
  const packed = await Deno.readFile(file);
  try {
    return await readTar(gunzip(packed));
  } catch (cause) {
    throw new DataError(
      `Expected a complete archive in ${file} but it is truncated or damaged ` +
        `(${(cause as Error).message}): download it again`,
      { cause },
    );
  }
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then((found) => found.isFile, () => false);
}
