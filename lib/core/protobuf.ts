/**
 * Serialises plain objects as protocol buffers.
 *
 * @module
 */
import { type PbfWriter, pbfWriter } from "../deps/pbf.ts";

/** Kind of a field. `map` fields hold a record, the others may hold a list. */
export type Kind = "int" | "ints" | "float" | "floats" | "string" | "bytes" | Schema | {
  map: Schema;
};

/** Fields of a message by name, with number and kind as in its `.proto` file. */
export interface Schema {
  readonly [field: string]: readonly [number: number, kind: Kind];
}

/** A message: values by the names of the fields. */
export type Message = Readonly<Record<string, unknown>>;

/**
 * Serialises a message.
 *
 * @param schema Its fields.
 * @param message Its values; `undefined` ones are omitted, integers have at most 53 bits.
 * @returns The bytes.
 * @throws {TypeError} If it has a field that the schema does not name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const schema = { name: [1, "string"], sizes: [2, "ints"] } as const;
 * assertEquals([...await encode(schema, { name: "x", sizes: [1, 300] })], [10, 1, 120, 18, 3, 1, 172, 2]);
 * ```
 */
export async function encode(schema: Schema, message: Message): Promise<Uint8Array> {
  const Writer = await pbfWriter();
  const writer = new Writer();
  writeMessage(schema, message, writer);
  return writer.finish();
}

function writeMessage(schema: Schema, message: Message, writer: PbfWriter): void {
  for (const [name, value] of Object.entries(message)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(schema, name)) {
      throw new TypeError(
        `Expected one of the fields ${Object.keys(schema).join(", ")} but found ${name}`,
      );
    }
    writeField(...schema[name], value, writer);
  }
}

function writeField(number: number, kind: Kind, value: unknown, writer: PbfWriter): void {
  if (kind === "ints") return writer.writePackedVarint(number, value as number[]);
  if (kind === "floats") return writer.writePackedFloat(number, value as number[]);
  if (isMap(kind)) {
    const entry: Schema = { key: [1, "string"], value: [2, kind.map] };
    for (const [key, item] of Object.entries(value as Message)) {
      writeField(number, entry, { key, value: item }, writer);
    }
    return;
  }
  for (const item of Array.isArray(value) ? value : [value]) {
    if (kind === "int") writer.writeVarintField(number, Number(item));
    else if (kind === "float") writer.writeFloatField(number, item);
    else if (kind === "string") writer.writeStringField(number, item);
    else if (kind === "bytes") writer.writeBytesField(number, item);
    else writer.writeMessage(number, (item, inner) => writeMessage(kind, item, inner), item);
  }
}

function isMap(kind: Kind): kind is { map: Schema } {
  return typeof kind === "object" && "map" in kind && !Array.isArray(kind.map);
}
