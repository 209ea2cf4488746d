/**
 * Operation definitions of TensorFlow: inputs, which of them are lists, and types of attributes.
 *
 * @module
 */
import { bytesIn, cString, type Library } from "./library.ts";
import { fields, text } from "./protobuf.ts";

/** One input or output of an operation. */
export interface Argument {
  /** Name of the argument. */
  readonly name: string;
  /** Attribute that holds its data type, if that is not fixed. */
  readonly typeAttribute: string;
  /** Attribute that holds its length, if it is a list of one type. */
  readonly numberAttribute: string;
  /** Attribute that holds its types, if it is a list of several types. */
  readonly typeListAttribute: string;
}

/** The definition of an operation. */
export interface OpDef {
  /** Inputs in order. */
  readonly inputs: readonly Argument[];
  /** Attributes and their types (`int`, `list(shape)`, …). */
  readonly attributes: ReadonlyMap<string, string>;
  /** Attributes that are inferred from the inputs. */
  readonly inferred: ReadonlySet<string>;
}

/**
 * Opens the operation registry.
 *
 * @param library The loaded library.
 * @returns A function from an operation's name to its definition; it throws {@linkcode EngineError}
 * for an operation that TensorFlow does not know.
 */
export function opDefs(library: Library): (name: string) => OpDef {
  const { core } = library;
  const known = new Map<string, OpDef>();
  const graph = core.TF_NewGraph();
  return (name) => {
    const found = known.get(name);
    if (found) return found;
    const buffer = core.TF_NewBuffer();
    try {
      core.TF_GraphGetOpDef(graph, cString(name), buffer, library.status);
      library.check(() => name);
      const definition = readOpDef(bytesIn(buffer));
      known.set(name, definition);
      return definition;
    } finally {
      core.TF_DeleteBuffer(buffer);
    }
  };
}

/** Reads a serialised `OpDef` (`tensorflow/core/framework/op_def.proto`). */
function readOpDef(bytes: Uint8Array): OpDef {
  const inputs: Argument[] = [];
  const attributes = new Map<string, string>();
  for (const [field, value] of fields(bytes)) {
    if (field === 2) {
      const parts = new Map(fields(value as Uint8Array));
      inputs.push({
        name: text(parts.get(1)),
        typeAttribute: text(parts.get(4)),
        numberAttribute: text(parts.get(5)),
        typeListAttribute: text(parts.get(6)),
      });
    } else if (field === 4) {
      const parts = new Map(fields(value as Uint8Array));
      attributes.set(text(parts.get(1)), text(parts.get(2)));
    }
  }
  const inferred = new Set(
    inputs.flatMap((input) => [
      input.typeAttribute,
      input.numberAttribute,
      input.typeListAttribute,
    ]).filter((name) => name !== ""),
  );
  return { inputs, attributes, inferred };
}
