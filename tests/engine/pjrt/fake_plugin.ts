/**
 * A PJRT plugin without a library, which answers as the plugin of a device that is not here.
 *
 * @module
 */
import { type FunctionName, offsetOf } from "../../../lib/engine/pjrt/api.ts";
import { addressOf } from "../../../lib/engine/pjrt/structure.ts";

/** An error that the plugin returns. */
export interface Failure {
  /** Number of the error code. */
  readonly code: number;
  /** The message. */
  readonly message: string;
}

/** Writes results into the argument of a function, or returns an error. */
export type Answer = (results: DataView) => Failure | void;

/** A table of functions; keep a reference while it is used. */
export interface FakePlugin {
  /** The table. */
  readonly table: Deno.UnsafePointerView;
  /** Frees the functions. */
  close(): void;
}

const CALL = { parameters: ["pointer"], result: "pointer" } as const;
const WITHOUT_RESULT = { parameters: ["pointer"], result: "void" } as const;
/** Size of the table and of every argument in bytes. */
const SIZE = 1024, ARGUMENT = 256;

/**
 * Creates a plugin. Functions without an answer succeed and change nothing.
 *
 * @param answers Answers by function.
 * @param version Major and minor version of the API.
 * @returns The plugin.
 */
export function fakePlugin(
  answers: Partial<Record<FunctionName, Answer>>,
  version: readonly [major: number, minor: number] = [0, 81],
): FakePlugin {
  const bytes = new Uint8Array(SIZE), table = new DataView(bytes.buffer);
  table.setBigUint64(0, BigInt(SIZE), true);
  version.forEach((number, i) => table.setInt32(32 + 4 * i, number, true));
  const errors: Failure[] = [], kept: Uint8Array<ArrayBuffer>[] = [];
  const resultsOf = (args: Deno.PointerValue) =>
    new DataView(Deno.UnsafePointerView.getArrayBuffer(args!, ARGUMENT));
  /** The error that an argument names; errors are numbered from 1. */
  const errorOf = (results: DataView) => errors[Number(results.getBigUint64(16, true)) - 1];
  const callbacks = [
    ...Object.entries(answers).map(([name, answer]) =>
      [
        name,
        new Deno.UnsafeCallback(CALL, (args) => {
          const failure = answer(resultsOf(args));
          return failure ? Deno.UnsafePointer.create(BigInt(errors.push(failure))) : null;
        }),
      ] as const
    ),
    [
      "Error_GetCode",
      new Deno.UnsafeCallback(CALL, (args) => {
        const results = resultsOf(args);
        results.setInt32(24, errorOf(results).code, true);
        return null;
      }),
    ] as const,
    [
      "Error_Message",
      new Deno.UnsafeCallback(WITHOUT_RESULT, (args) => {
        const results = resultsOf(args);
        const text = new TextEncoder().encode(errorOf(results).message);
        kept.push(text);
        results.setBigUint64(24, addressOf(text), true);
        results.setBigUint64(32, BigInt(text.length), true);
      }),
    ] as const,
  ];
  const nothing = new Deno.UnsafeCallback(CALL, () => null);
  for (let at = offsetOf("Error_Destroy"); at < SIZE; at += 8) {
    table.setBigUint64(at, addressOf(nothing.pointer), true);
  }
  for (const [name, { pointer }] of callbacks) {
    table.setBigUint64(offsetOf(name as FunctionName), addressOf(pointer), true);
  }
  return {
    table: new Deno.UnsafePointerView(Deno.UnsafePointer.of(bytes)!),
    close() {
      for (const callback of [nothing, ...callbacks.map(([, callback]) => callback)]) {
        callback.close();
      }
      if (bytes.length !== SIZE || kept.length < 0) throw new TypeError("the table was collected");
    },
  };
}
