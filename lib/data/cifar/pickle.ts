/**
 * Safe reader of the pickles in CIFAR's Python archives; it cannot execute code.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";

/** Value of a supported pickle. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Pickled[]
  | Map<Pickled, Pickled>
  | PickledArray
  | Global;

/** A NumPy array of bytes. */
export interface PickledArray {
  readonly kind: "array";
  /** Its values; assigned when the BUILD opcode is read. */
  bytes: Uint8Array;
}

/** A Python name that a pickle refers to. */
interface Global {
  readonly kind: "global";
  readonly name: string;
}

const MARK = Symbol("mark");
const ARRAYS = ["numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct"];
/** The only names that may be referenced: those that construct arrays of bytes, and bytes from text. */
const ALLOWED = [...ARRAYS, "numpy.ndarray", "numpy.dtype", "_codecs.encode"];

/**
 * Reads a pickle of numbers, strings, lists, dictionaries and NumPy arrays of bytes (protocols 2 to 5). Anything else
 * is rejected, so that a malicious file cannot execute code.
 *
 * @param bytes The file.
 * @param name Name of the file, for error messages.
 * @returns The value.
 * @throws {DataError} If the file is truncated, corrupt, or contains anything else.
 */
export function readPickle(bytes: Uint8Array, name: string): Pickled {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: (Pickled | typeof MARK)[] = [];
  const memo = new Map<number, Pickled>();
  let at = 0;
  const wrong = (what: string) =>
    new DataError(`Expected a pickle of CIFAR in ${name} but ${what}`);
  const take = (length: number): Uint8Array => {
    if (length < 0 || at + length > bytes.length) throw wrong("it is truncated");
    at += length;
    return bytes.subarray(at - length, at);
  };
  const number = (length: 1 | 2 | 4): number => {
    const start = at;
    take(length);
    return length === 1
      ? view.getUint8(start)
      : length === 2
      ? view.getUint16(start, true)
      : view.getUint32(start, true);
  };
  const text = (length: number) => new TextDecoder().decode(take(length));
  const line = () => {
    const end = bytes.indexOf(10, at);
    if (end < 0) throw wrong("it is truncated");
    const found = text(end - at);
    at++;
    return found;
  };
  const pop = (): Pickled => {
    const value = stack.pop();
    if (value === undefined || value === MARK) throw wrong("it is damaged");
    return value as Pickled;
  };
  const popToMark = (): Pickled[] => {
    const mark = stack.lastIndexOf(MARK);
    if (mark < 0) throw wrong("it is damaged");
    const values = stack.splice(mark).slice(1);
    return values as Pickled[];
  };
  const top = () => stack[stack.length - 1];
  const global = (found: string) => {
    if (!ALLOWED.includes(found)) throw wrong(`it requests ${found}, which is not allowed`);
    stack.push({ kind: "global", name: found });
  };
  const setItems = (values: Pickled[]) => {
    const map = top();
    if (!(map instanceof Map) || values.length % 2) throw wrong("it is damaged");
    for (let i = 0; i < values.length; i += 2) map.set(values[i], values[i + 1]);
  };
  const append = (values: Pickled[]) => {
    const list = top();
    if (!Array.isArray(list)) throw wrong("it is damaged");
    for (const value of values) list.push(value);
  };
  const reduce = () => {
    const args = pop(), made = pop();
    if (!Array.isArray(args) || !isGlobal(made)) throw wrong("it is damaged");
    if (ARRAYS.includes(made.name)) stack.push({ kind: "array", bytes: new Uint8Array(0) });
    else if (made.name === "_codecs.encode" && typeof args[0] === "string") {
      stack.push(Uint8Array.from(args[0], (letter) => letter.charCodeAt(0)));
    } else if (made.name === "numpy.dtype" && ["u1", "|u1"].includes(String(plain(args[0])))) {
      stack.push(made);
    } else throw wrong(`it contains values that are not bytes (${String(plain(args[0]))})`);
  };
  const build = () => {
    const state = pop(), made = top();
    if (typeof made === "object" && made && "kind" in made && made.kind === "array") {
      const content = Array.isArray(state) ? state[4] : undefined;
      if (content instanceof Uint8Array) made.bytes = content;
      else throw wrong("it contains an array without bytes");
    }
  };

  for (;;) {
    const code = number(1);
    switch (code) {
      case 0x80: // PROTO
        number(1);
        break;
      case 0x95: // FRAME
        take(8);
        break;
      case 0x2e: { // STOP
        return pop();
      }
      case 0x28: // MARK
        stack.push(MARK);
        break;
      case 0x4e: // NONE
        stack.push(null);
        break;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack.push(code === 0x88);
        break;
      case 0x4b: // BININT1
        stack.push(number(1));
        break;
      case 0x4d: // BININT2
        stack.push(number(2));
        break;
      case 0x4a: // BININT
        stack.push(number(4) | 0);
        break;
      case 0x55: // SHORT_BINSTRING
      case 0x43: // SHORT_BINBYTES
        stack.push(take(number(1)));
        break;
      case 0x54: // BINSTRING
      case 0x42: // BINBYTES
        stack.push(take(number(4)));
        break;
      case 0x58: // BINUNICODE
        stack.push(text(number(4)));
        break;
      case 0x8c: // SHORT_BINUNICODE
        stack.push(text(number(1)));
        break;
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        stack.push([]);
        break;
      case 0x7d: // EMPTY_DICT
        stack.push(new Map());
        break;
      case 0x61: { // APPEND
        append([pop()]);
        break;
      }
      case 0x65: // APPENDS
        append(popToMark());
        break;
      case 0x73: { // SETITEM
        const value = pop(), key = pop();
        setItems([key, value]);
        break;
      }
      case 0x75: // SETITEMS
        setItems(popToMark());
        break;
      case 0x74: // TUPLE
      case 0x6c: // LIST
        stack.push(popToMark());
        break;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: { // TUPLE3
        const values = Array.from({ length: code - 0x84 }, pop);
        stack.push(values.reverse());
        break;
      }
      case 0x71: // BINPUT
        memo.set(number(1), top() as Pickled);
        break;
      case 0x72: // LONG_BINPUT
        memo.set(number(4), top() as Pickled);
        break;
      case 0x94: // MEMOIZE
        memo.set(memo.size, top() as Pickled);
        break;
      case 0x68: // BINGET
      case 0x6a: { // LONG_BINGET
        const found = memo.get(number(code === 0x68 ? 1 : 4));
        if (found === undefined) throw wrong("it is damaged");
        stack.push(found);
        break;
      }
      case 0x63: // GLOBAL
        global(`${line()}.${line()}`);
        break;
      case 0x93: { // STACK_GLOBAL
        const own = pop(), module = pop();
        global(`${module}.${own}`);
        break;
      }
      case 0x52: // REDUCE
        reduce();
        break;
      case 0x62: // BUILD
        build();
        break;
      default:
        throw wrong(`it has the code 0x${code.toString(16)} at ${at - 1}, which is not allowed`);
    }
  }
}

/** Decodes bytes as text: Python 2 pickles text as bytes, and keys are compared as strings. */
export function plain(value: Pickled): Pickled {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
}

function isGlobal(value: Pickled): value is Global {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "global";
}
