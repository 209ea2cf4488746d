/**
 * Functions of an MPI library, by MPI's standard binary interface.
 *
 * @module
 */
import { EngineError } from "../../../core/errors.ts";
import { pin } from "../../pin.ts";

/** Handles and constants of the standard binary interface (MPI 5.0, chapter 20). */
export const MPI = {
  commWorld: 0x101n,
  errorsReturn: 0x143n,
  float: 0x210n,
  sum: 0x21n,
  threadMultiple: 4096,
  maxErrorString: 512,
  maxLibraryVersionString: 8192,
} as const;

/** Address that stands for "the result replaces the input". */
export const MPI_IN_PLACE = 1n;

const HANDLE = "usize";
const SYMBOLS = {
  MPI_Get_library_version: { parameters: ["buffer", "buffer"], result: "i32" },
  MPI_Init_thread: {
    parameters: ["pointer", "pointer", "i32", "buffer"],
    result: "i32",
    nonblocking: true,
  },
  MPI_Comm_set_errhandler: { parameters: [HANDLE, HANDLE], result: "i32" },
  MPI_Error_string: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  MPI_Allreduce: {
    parameters: ["pointer", "pointer", "i32", HANDLE, HANDLE, HANDLE],
    result: "i32",
    nonblocking: true,
  },
} as const;

/** Functions of an MPI library. */
export type MpiFunctions = Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];

/**
 * Loads an MPI library for the rest of the process.
 *
 * @param path The shared library.
 * @returns Its functions.
 * @throws {EngineError} If it cannot be loaded or lacks a function of the standard interface.
 */
export function loadMpi(path: string): MpiFunctions {
  // Its threads and handlers outlive every call.
  pin(path);
  try {
    return Deno.dlopen(path, SYMBOLS).symbols;
  } catch (cause) {
    throw new EngineError(
      `Expected an MPI library with the standard binary interface (MPI 5.0) but found ${path}: ` +
        `${(cause as Error).message}; correct NBN_MPI, or set it to off`,
      { cause },
    );
  }
}

/**
 * Returns the name of an MPI library.
 *
 * @param mpi The library; it need not be initialised.
 * @returns Its first line about itself, for instance `MPICH 5.0.2`.
 */
export function mpiVersion({ MPI_Get_library_version }: MpiFunctions): string {
  const text = new Uint8Array(MPI.maxLibraryVersionString), length = new Int32Array(1);
  MPI_Get_library_version(text, length);
  const [first] = new TextDecoder().decode(text.subarray(0, length[0])).split("\n");
  return first.replace(/\0.*$/, "").replace(/ Version:\s+/, " ").trim();
}

/**
 * Checks the result of a function.
 *
 * @param mpi The library.
 * @param code What the function returned.
 * @throws {EngineError} With the library's message, if it failed.
 */
export function expectSuccess({ MPI_Error_string }: MpiFunctions, code: number): void {
  if (code === 0) return;
  const text = new Uint8Array(MPI.maxErrorString), length = new Int32Array(1);
  MPI_Error_string(code, text, length);
  const message = new TextDecoder().decode(text.subarray(0, length[0])).replace(/\0.*$/, "");
  throw new EngineError(
    `Expected MPI's collective operation to end but it failed: ${message.replaceAll(/\s+/g, " ")}`,
  );
}
