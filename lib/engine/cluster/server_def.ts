/**
 * TensorFlow's description of a cluster, `ServerDef` (`tensorflow/core/protobuf/tensorflow_server.proto`).
 *
 * @module
 */
import type { Membership } from "../../core/membership.ts";
import { encode, type Schema } from "../../core/protobuf.ts";

/** Name of the job that all processes belong to. */
const JOB = "worker";

const TASK: Schema = { index: [1, "int"], address: [2, "string"] };
const SERVER_DEF: Schema = {
  cluster: [1, { job: [1, { name: [1, "string"], tasks: [2, TASK] }] }],
  job_name: [2, "string"],
  task_index: [3, "int"],
  default_session_config: [4, { experimental: [16, { collective_group_leader: [1, "string"] }] }],
  protocol: [5, "string"],
};

/**
 * Returns TensorFlow's name of a process.
 *
 * @param rank Its rank.
 * @returns For instance `/job:worker/replica:0/task:1`.
 */
export function taskName(rank: number): string {
  return `/job:${JOB}/replica:0/task:${rank}`;
}

/**
 * Serialises the description of a cluster for one of its processes.
 *
 * @param membership Addresses of all processes, and the rank of this one.
 * @returns The message.
 */
export async function serverDef({ addresses, rank }: Membership): Promise<Uint8Array<ArrayBuffer>> {
  const tasks = addresses.map((address, index) => ({ index, address }));
  const bytes = await encode(SERVER_DEF, {
    cluster: { job: { name: JOB, tasks } },
    job_name: JOB,
    task_index: rank,
    default_session_config: { experimental: { collective_group_leader: taskName(0) } },
    protocol: "grpc",
  });
  return new Uint8Array(bytes);
}
