/**
 * MPI as the transport of gradients, if all processes have the same library.
 *
 * @module
 */
import { locateMpi } from "../../install/mpi.ts";
import type { Cluster } from "../cluster.ts";
import { valueOfFirst, valuesOfAll } from "../exchange.ts";
import type { Transport } from "../transport.ts";
import {
  expectSuccess,
  loadMpi,
  MPI,
  MPI_IN_PLACE,
  type MpiFunctions,
  mpiVersion,
} from "./library.ts";
import { processManager } from "./process_manager.ts";
import { removeSharedMemory } from "./shared_memory.ts";
import { socketPair } from "./socket_pair.ts";
import { untilPeersFail } from "./until_peers_fail.ts";

/** Numbers that are added at once: few enough for the processor's cache, which takes a third off the time of many. */
const PIECE = 2 ** 20;

/** Start of the library, which a process can start only once. */
let started: Promise<void> | undefined;

/**
 * Starts MPI on all processes.
 *
 * @param cluster The processes; all call this function at the same point.
 * @returns The transport; or why TensorFlow's own is used, in a few words.
 * @throws {EngineError} If the library that `NBN_MPI` names cannot be loaded, or another process fails meanwhile.
 */
export async function openMpi(cluster: Cluster): Promise<Transport | string> {
  const location = await locateMpi();
  setLibraries(cluster);
  const mpi = typeof location === "string" ? undefined : loadMpi(location.library);
  const own = mpi ? { version: mpiVersion(mpi) } : { reason: location as string };
  const all = await valuesOfAll<{ version?: string; reason?: string }>(cluster, own);
  const lacking = all.findIndex(({ version }) => version === undefined);
  if (lacking >= 0) {
    const isEverywhere = all.every(({ reason }) => reason === all[0].reason);
    return `${all[lacking].reason}${isEverywhere ? "" : ` (process ${lacking})`}`;
  }
  const other = all.findIndex(({ version }) => version !== all[0].version);
  if (other >= 0) {
    return `process 0 has ${all[0].version}, process ${other} ${all[other].version}`;
  }
  await (started ??= start(cluster, mpi!));
  return transport(cluster, mpi!);
}

/** Initialises the library, whose questions about the other processes are answered meanwhile. */
async function start(cluster: Cluster, mpi: MpiFunctions): Promise<void> {
  const { rank, size } = cluster;
  const name = await valueOfFirst(cluster, `nbn-${crypto.randomUUID()}`);
  const answer = processManager(
    { size, name },
    async (own) => Object.assign({}, ...await valuesOfAll(cluster, own)),
  );
  const pair = socketPair();
  setEnvironment(cluster, pair.theirs);
  // Only with the highest level of threads it yields the processor while it waits.
  const initialised = mpi.MPI_Init_thread(null, null, MPI.threadMultiple, new Int32Array(1));
  // If another process fails meanwhile, the library waits on, since it ends the program when the answers do.
  await Promise.race([initialised, pair.serve(answer).then(() => initialised)]);
  pair.close();
  expectSuccess(mpi, await initialised);
  removeSharedMemory(name, rank);
  expectSuccess(mpi, mpi.MPI_Comm_set_errhandler(MPI.commWorld, MPI.errorsReturn));
}

function transport(cluster: Cluster, mpi: MpiFunctions): Transport {
  const { commWorld, float, sum } = MPI, inPlace = Deno.UnsafePointer.create(MPI_IN_PLACE);
  return {
    name: mpiVersion(mpi),
    async addInPlace(numbers, count) {
      const add = async () => {
        for (let first = 0; first < count; first += PIECE) {
          const piece = Deno.UnsafePointer.offset(numbers, first * 4);
          const length = Math.min(PIECE, count - first);
          const code = await mpi.MPI_Allreduce(inPlace, piece, length, float, sum, commWorld);
          expectSuccess(mpi, code);
        }
      };
      await untilPeersFail(cluster, add());
    },
  };
}

/** Settings of UCX, by which MPICH connects processes, unless the user has set others. It reads them when it is loaded. */
function setLibraries({ addresses }: Cluster): void {
  const hosts = new Set(addresses.map((address) => address.slice(0, address.lastIndexOf(":"))));
  const settings = {
    // It would replace V8's handlers of signals.
    UCX_HANDLE_ERRORS: "none",
    // On one machine processes share memory and need not listen on a port.
    ...(hosts.size === 1 ? { UCX_TLS: "self,sm" } : {}),
  };
  for (const [name, value] of Object.entries(settings)) {
    if (Deno.env.get(name) === undefined) Deno.env.set(name, value);
  }
}

/** Where the library finds the answers; whatever launcher started this process does not know these processes. */
function setEnvironment({ rank, size }: Cluster, descriptor: number): void {
  for (const name of Object.keys(Deno.env.toObject())) {
    if (/^PMI[X2]?_/.test(name)) Deno.env.delete(name);
  }
  const own = { PMI_FD: String(descriptor), PMI_RANK: String(rank), PMI_SIZE: String(size) };
  for (const [name, value] of Object.entries(own)) Deno.env.set(name, value);
}
