/**
 * Setters for the attributes of eager operations and graph nodes, by the types in the operation's definition.
 *
 * @module
 */
import { dtypeCode } from "./dtypes.ts";
import { cString, type Library, utf8 } from "./library.ts";

/** Value of an attribute; the operation's definition determines its type. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | Deno.PointerValue
  | readonly string[]
  | readonly number[]
  | readonly boolean[]
  | readonly (readonly number[])[];

/**
 * Attributes of an operation by name. The operation's definition determines the type of a value: a number is an int or
 * a float, a list of numbers a list of ints or floats or a shape, a string a string or a data type (`"float32"`).
 * Attributes that are inferred from the inputs (`T`, `N`) are omitted.
 */
export type Attributes = Record<string, AttributeValue>;

type Core = Library["core"];

/** Setters of the C API, which exist both for eager operations and for graph nodes. */
interface Setters {
  string: Core["TFE_OpSetAttrString"];
  int: Core["TFE_OpSetAttrInt"];
  float: Core["TFE_OpSetAttrFloat"];
  bool: Core["TFE_OpSetAttrBool"];
  type: Core["TFE_OpSetAttrType"];
  func: Core["TFE_OpSetAttrFunctionName"];
  tensor: Core["TFE_OpSetAttrTensor"];
  shape(
    op: Deno.PointerValue,
    name: Uint8Array<ArrayBuffer>,
    dims: BigInt64Array<ArrayBuffer>,
    rank: number,
  ): void;
  strings: Core["TFE_OpSetAttrStringList"];
  ints: Core["TFE_OpSetAttrIntList"];
  floats: Core["TFE_OpSetAttrFloatList"];
  bools: Core["TFE_OpSetAttrBoolList"];
  types: Core["TFE_OpSetAttrTypeList"];
  shapes(
    op: Deno.PointerValue,
    name: Uint8Array<ArrayBuffer>,
    dims: BigUint64Array<ArrayBuffer>,
    ranks: Int32Array<ArrayBuffer>,
    count: number,
  ): void;
}

/** Sets one attribute of an operation under construction. */
export type AttributeSetter = (
  op: Deno.PointerValue,
  name: string,
  type: string,
  value: AttributeValue,
) => void;

/**
 * The setter for eager operations.
 *
 * @param library The loaded library.
 * @returns A function that sets one attribute.
 */
export function eagerAttributes(library: Library): AttributeSetter {
  const { core, status } = library;
  return setter(library, {
    string: core.TFE_OpSetAttrString,
    int: core.TFE_OpSetAttrInt,
    float: core.TFE_OpSetAttrFloat,
    bool: core.TFE_OpSetAttrBool,
    type: core.TFE_OpSetAttrType,
    func: core.TFE_OpSetAttrFunctionName,
    tensor: core.TFE_OpSetAttrTensor,
    shape: (op, name, dims, rank) => core.TFE_OpSetAttrShape(op, name, dims, rank, status),
    strings: core.TFE_OpSetAttrStringList,
    ints: core.TFE_OpSetAttrIntList,
    floats: core.TFE_OpSetAttrFloatList,
    bools: core.TFE_OpSetAttrBoolList,
    types: core.TFE_OpSetAttrTypeList,
    shapes: (op, name, dims, ranks, count) =>
      core.TFE_OpSetAttrShapeList(op, name, dims, ranks, count, status),
  });
}

/**
 * The setter for nodes of a graph.
 *
 * @param library The loaded library.
 * @returns A function that sets one attribute.
 */
export function graphAttributes(library: Library): AttributeSetter {
  const { core } = library;
  return setter(library, {
    string: core.TF_SetAttrString,
    int: core.TF_SetAttrInt,
    float: core.TF_SetAttrFloat,
    bool: core.TF_SetAttrBool,
    type: core.TF_SetAttrType,
    func: core.TF_SetAttrFuncName,
    tensor: core.TF_SetAttrTensor,
    shape: core.TF_SetAttrShape,
    strings: core.TF_SetAttrStringList,
    ints: core.TF_SetAttrIntList,
    floats: core.TF_SetAttrFloatList,
    bools: core.TF_SetAttrBoolList,
    types: core.TF_SetAttrTypeList,
    shapes: core.TF_SetAttrShapeList,
  });
}

function setter(library: Library, set: Setters): AttributeSetter {
  return (op, name, type, value) => {
    const key = cString(name);
    switch (type) {
      case "string": {
        const bytes = value instanceof Uint8Array ? value : utf8(value as string);
        return set.string(op, key, bytes as Uint8Array<ArrayBuffer>, BigInt(bytes.length));
      }
      case "int":
        return set.int(op, key, BigInt(value as number));
      case "float":
        return set.float(op, key, value as number);
      case "bool":
        return set.bool(op, key, value ? 1 : 0);
      case "type":
        return set.type(op, key, dtypeCode(value as string | number));
      case "shape": {
        const dims = value as readonly number[];
        return set.shape(op, key, BigInt64Array.from(dims, BigInt), dims.length);
      }
      case "func": {
        const bytes = utf8(value as string);
        return set.func(op, key, bytes, BigInt(bytes.length));
      }
      case "tensor":
        set.tensor(op, key, value as Deno.PointerValue, library.status);
        return library.check();
      case "list(string)": {
        const strings = (value as readonly string[]).map(utf8);
        const places = BigUint64Array.from(
          strings,
          (bytes) => Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes)),
        );
        const lengths = BigUint64Array.from(strings, (bytes) => BigInt(bytes.length));
        return set.strings(op, key, places, lengths, strings.length);
      }
      case "list(int)": {
        const list = value as readonly number[];
        return set.ints(op, key, BigInt64Array.from(list, BigInt), list.length);
      }
      case "list(float)": {
        const list = value as readonly number[];
        return set.floats(op, key, Float32Array.from(list), list.length);
      }
      case "list(bool)": {
        const list = value as readonly boolean[];
        return set.bools(op, key, Uint8Array.from(list, Number), list.length);
      }
      case "list(type)": {
        const list = value as readonly (string | number)[];
        return set.types(op, key, Int32Array.from(list, dtypeCode), list.length);
      }
      case "list(shape)": {
        const shapes = (value as readonly number[][]).map((dims) =>
          BigInt64Array.from(dims, BigInt)
        );
        const places = BigUint64Array.from(
          shapes,
          (dims) => dims.length ? Deno.UnsafePointer.value(Deno.UnsafePointer.of(dims)) : 0n,
        );
        const ranks = Int32Array.from(shapes, (dims) => dims.length);
        return set.shapes(op, key, places, ranks, shapes.length);
      }
      default:
        throw new TypeError(`Expected ${name} to be of a kind that can be set but found ${type}`);
    }
  };
}
