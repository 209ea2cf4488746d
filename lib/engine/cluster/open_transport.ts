/**
 * Choice of the transport of gradients.
 *
 * @module
 */
import type { Cluster } from "./cluster.ts";
import { openMpi } from "./mpi/open.ts";

/** A cluster with the fastest transport that all its processes have. */
export interface Connected {
  /** The cluster. */
  readonly cluster: Cluster;
  /** Which transport it is and, if there is a faster one, why not that, in one line. */
  readonly about: string;
}

/**
 * Opens the fastest transport that all processes have: MPI, else TensorFlow's ring, which needs nothing installed.
 *
 * @param cluster The processes; all call this function at the same point.
 * @returns The cluster with its transport.
 * @throws {EngineError} If the library that `NBN_MPI` names cannot be loaded, or another process fails meanwhile.
 */
export async function openTransport(cluster: Cluster): Promise<Connected> {
  const transport = await openMpi(cluster);
  if (typeof transport !== "string") {
    return {
      cluster: { ...cluster, transport },
      about: `Gradients are added by ${transport.name}`,
    };
  }
  return { cluster, about: `Gradients are added by TensorFlow's ring over gRPC: ${transport}` };
}
