/**
 * Answers to an MPI library's questions about the other processes, which a launcher like `mpiexec` answers otherwise.
 *
 * The library asks in the PMI-1 wire protocol (`src/pmi/maint/pmi-1.1.txt` of MPICH; Flux RFC 13): lines of `key=value`,
 * one answer for each. Each process answers its own library, and what the libraries tell each other travels through the
 * cluster at each barrier: no other port is opened.
 *
 * @module
 */
import { EngineError } from "../../../core/errors.ts";

/** What a library has stored for those of the other processes. */
export type Stored = Readonly<Record<string, string>>;

/** The processes of a library. */
export interface World {
  /** Number of processes. */
  readonly size: number;
  /** Name that no other world on these machines has, without spaces. */
  readonly name: string;
}

/** Longest name, key and value in characters. */
const MOST = { kvsname: 256, key: 64, value: 4096 };

/**
 * Creates the answers.
 *
 * @param world The processes.
 * @param exchange Waits for all processes, and returns what all have stored.
 * @returns A function from a request to its answer, both lines without their end.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const answer = processManager({ size: 2, name: "w" }, (own) => Promise.resolve(own));
 * assertEquals(await answer("cmd=get_my_kvsname"), "cmd=my_kvsname kvsname=w");
 * assertEquals(await answer("cmd=put kvsname=w key=k value=v=1"), "cmd=put_result rc=0");
 * assertEquals(await answer("cmd=barrier_in"), "cmd=barrier_out");
 * assertEquals(await answer("cmd=get kvsname=w key=k"), "cmd=get_result rc=0 value=v=1");
 * assertEquals(await answer("cmd=get kvsname=w key=x"), "cmd=get_result rc=-1 msg=unknown_key");
 * ```
 */
export function processManager(
  { size, name }: World,
  exchange: (own: Stored) => Promise<Stored>,
): (request: string) => Promise<string> {
  const own: Record<string, string> = {};
  // As if each were on a machine of its own: UCX finds out by itself which of them can share memory, and is faster at it.
  let all: Stored = { PMI_process_mapping: `(vector,(0,${size},1))` };
  return async (request) => {
    const { cmd, ...given } = attributes(request);
    switch (cmd) {
      case "init":
        return "cmd=response_to_init rc=0 pmi_version=1 pmi_subversion=1";
      case "get_maxes":
        return `cmd=maxes kvsname_max=${MOST.kvsname} keylen_max=${MOST.key} vallen_max=${MOST.value}`;
      case "get_universe_size":
        return `cmd=universe_size size=${size}`;
      case "get_appnum":
        return "cmd=appnum appnum=0";
      case "get_my_kvsname":
        return `cmd=my_kvsname kvsname=${name}`;
      case "put":
        own[given.key] = given.value;
        return "cmd=put_result rc=0";
      case "get":
        return Object.hasOwn(all, given.key)
          ? `cmd=get_result rc=0 value=${all[given.key]}`
          : "cmd=get_result rc=-1 msg=unknown_key";
      case "barrier_in":
        all = { ...all, ...await exchange(own) };
        return "cmd=barrier_out";
      case "finalize":
        return "cmd=finalize_ack";
      default:
        throw new EngineError(`Expected a request of PMI-1 but found "${request}"`);
    }
  };
}

/** Attributes of a request; values may contain `=`, but no spaces. */
function attributes(request: string): Record<string, string> {
  return Object.fromEntries(
    request.trim().split(/ +/).map((attribute) => {
      const sign = attribute.indexOf("=");
      return [attribute.slice(0, sign), attribute.slice(sign + 1)];
    }),
  );
}
