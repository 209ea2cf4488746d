/**
 * Lists in JSON files of any size, entry by entry.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";

/** Entries are parsed together once they have this many bytes. */
const TOGETHER = 1 << 20;

const QUOTE = 0x22, BACKSLASH = 0x5c, COMMA = 0x2c;
const OPEN_LIST = 0x5b, CLOSE_LIST = 0x5d, OPEN_RECORD = 0x7b, CLOSE_RECORD = 0x7d;

/**
 * Reads a JSON file that is a list, or a record of lists, and hands over the entries of each list in order. The text is
 * never held as a whole, because annotations of LVIS are longer than JavaScript's longest string; parsers that tokenise
 * streams in JavaScript take ten times as long as this search for the ends of entries followed by `JSON.parse`.
 *
 * @param file Path of the file.
 * @param visit Called for every entry with the name of its list: the key in the record, or `""` if the file is a list.
 * Values of the record that are not lists are skipped.
 * @returns The names of the lists found.
 * @throws {DataError} If the file cannot be read, is not JSON or ends early.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, `{"info": {"year": 2020}, "images": [{"id": 1}, {"id": 2}]}`);
 * const found: unknown[] = [];
 * await readJsonLists(file, (list, entry) => found.push([list, entry]));
 * assertEquals(found, [["images", { id: 1 }], ["images", { id: 2 }]]);
 * await Deno.remove(file);
 * ```
 */
export async function readJsonLists(
  file: string,
  visit: (list: string, entry: unknown) => void,
): Promise<Set<string>> {
  const splitter = new Splitter(visit);
  const unreadable = (cause: unknown) =>
    new DataError(
      `Expected JSON at ${file} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  using opened = await Deno.open(file).catch((cause) => {
    throw unreadable(cause);
  });
  try {
    for await (const chunk of opened.readable) splitter.add(chunk);
    splitter.end();
  } catch (cause) {
    throw isFault(cause) ? unreadable(cause) : cause;
  }
  return splitter.names;
}

/** Whether an error comes from the file and not from a caller's `visit`. */
function isFault(error: unknown): boolean {
  return error instanceof SyntaxError ||
    Object.values(Deno.errors).some((of) => error instanceof of);
}

/** Finds the ends of entries in a text that arrives in chunks. */
class Splitter {
  readonly names = new Set<string>();
  readonly #visit: (list: string, entry: unknown) => void;
  /** Bytes of earlier chunks that are not yet parsed or dropped. */
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  /** Number of brackets that are open. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Depth within a list that is handed over: 1 if the file is a list, 2 if it is a record. */
  #entryDepth = 0;
  /** Name of the list that is being read. */
  #list: string | undefined;
  #ended = false;

  constructor(visit: (list: string, entry: unknown) => void) {
    this.#visit = visit;
  }

  add(chunk: Uint8Array): void {
    let begin = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
      } else if (byte === QUOTE) {
        this.#inString = true;
      } else if (byte === OPEN_LIST || byte === OPEN_RECORD) {
        if (this.#open(byte, chunk, begin, at)) begin = at + 1;
      } else if (byte === CLOSE_LIST || byte === CLOSE_RECORD) {
        if (this.#close(byte, chunk, begin, at)) begin = at + 1;
      } else if (byte === COMMA && this.#separates(begin, at)) {
        const text = this.#take(chunk, begin, at);
        if (this.#list !== undefined) this.#parse(text);
        begin = at + 1;
      }
    }
    if (begin === chunk.length) return;
    this.#kept.push(chunk.slice(begin));
    this.#keptBytes += chunk.length - begin;
  }

  end(): void {
    const rest = this.#take(new Uint8Array(0), 0, 0).trim();
    if (!this.#ended) throw new SyntaxError("it ends early");
    if (rest !== "") throw new SyntaxError("there is more after its end");
  }

  /** Whether the text before an opening bracket is done with. */
  #open(byte: number, chunk: Uint8Array, begin: number, at: number): boolean {
    const depth = this.#depth++;
    if (depth === 0) {
      const before = this.#take(chunk, begin, at).trim();
      if (this.#ended || before !== "") throw new SyntaxError("it is not one list or record");
      this.#entryDepth = byte === OPEN_LIST ? 1 : 2;
      if (byte === OPEN_LIST) this.#enter("");
      return true;
    }
    if (depth !== 1 || this.#entryDepth !== 2 || byte !== OPEN_LIST) return false;
    this.#enter(keyOf(this.#take(chunk, begin, at)));
    return true;
  }

  /** Whether the text before a closing bracket is done with. */
  #close(byte: number, chunk: Uint8Array, begin: number, at: number): boolean {
    const depth = this.#depth--;
    if (depth === this.#entryDepth && this.#list !== undefined) {
      if (byte !== CLOSE_LIST) throw new SyntaxError(`the list "${this.#list}" is not closed`);
      this.#parse(this.#take(chunk, begin, at));
      this.#list = undefined;
    } else if (depth === 1) {
      this.#take(chunk, begin, at);
    } else return false;
    this.#ended = this.#depth === 0;
    return true;
  }

  /** Whether the text before a comma is done with: enough entries, or a value of the record that is no list. */
  #separates(begin: number, at: number): boolean {
    return this.#list === undefined
      ? this.#depth === 1
      : this.#depth === this.#entryDepth && this.#keptBytes + at - begin > TOGETHER;
  }

  #enter(list: string): void {
    this.#list = list;
    this.names.add(list);
  }

  /** Returns the text that is neither parsed nor dropped, up to a position in the chunk, and drops it. */
  #take(chunk: Uint8Array, begin: number, end: number): string {
    const bytes = new Uint8Array(this.#keptBytes + end - begin);
    let at = 0;
    for (const kept of this.#kept) {
      bytes.set(kept, at);
      at += kept.length;
    }
    bytes.set(chunk.subarray(begin, end), at);
    this.#kept = [];
    this.#keptBytes = 0;
    return new TextDecoder().decode(bytes);
  }

  #parse(text: string): void {
    const list = this.#list!;
    for (const entry of JSON.parse(`[${text}]`)) this.#visit(list, entry);
  }
}

/** The key in front of a value. */
function keyOf(text: string): string {
  return JSON.parse(text.replace(/:\s*$/, ""));
}
