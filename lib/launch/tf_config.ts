/**
 * `TF_CONFIG`, TensorFlow's description of a cluster, which Kubeflow's TFJob and others set.
 *
 * @module
 */
import { InputError } from "../core/errors.ts";
import { isAddress, type Membership } from "../core/membership.ts";

/** Jobs whose processes train, in the order of their ranks; `master` is the earlier name of `chief`. */
const JOBS = ["chief", "master", "worker"];

const EXAMPLE =
  '{"cluster": {"worker": ["a:2222", "b:2222"]}, "task": {"type": "worker", "index": 0}}';

/**
 * Reads `TF_CONFIG`. The chief has rank 0 and the workers follow; without a chief, worker 0 has rank 0, as in
 * TensorFlow's `MultiWorkerMirroredStrategy`.
 *
 * @param text Value of the variable.
 * @returns Addresses and rank; `undefined` if it describes no cluster.
 * @throws {InputError} If it is malformed, or the process is no worker.
 * @see https://www.tensorflow.org/guide/distributed_training#TF_CONFIG
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const cluster = { chief: ["a:2222"], worker: ["b:2222", "c:2222"] };
 * const text = JSON.stringify({ cluster, task: { type: "worker", index: 1 } });
 * assertEquals(tfConfig(text), { addresses: ["a:2222", "b:2222", "c:2222"], rank: 2 });
 * ```
 */
export function tfConfig(text: string): Membership | undefined {
  const { cluster, task } = parsed(text);
  if (cluster === undefined) return undefined;
  if (!isRecord(cluster)) throw wrong("a cluster with lists of addresses", cluster);
  const other = Object.keys(cluster).find((job) => !JOBS.includes(job) && job !== "evaluator");
  if (other !== undefined) {
    throw wrong("only chief and worker, since there are no parameter servers", other);
  }
  if (cluster.chief && cluster.master) throw wrong("one of chief and master", "both");
  const members = JOBS.flatMap((type) =>
    addressesOf(type, cluster[type] ?? []).map((address, index) => ({ address, type, index }))
  );
  const addresses = members.map(({ address }) => address);
  const twice = addresses.find((address, index) => addresses.indexOf(address) < index);
  if (twice !== undefined) throw wrong("every address once", `${twice} twice`);
  if (!isRecord(task)) throw wrong("a task with type and index", task);
  // Some launchers write the index as a text.
  const rank = members.findIndex(({ type, index }) =>
    type === task.type && String(index) === String(task.index)
  );
  if (rank < 0) throw wrong("a task among the chief and the workers", task);
  return { addresses, rank };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Reported below.
  }
  throw new InputError(`Expected TF_CONFIG to be JSON such as ${EXAMPLE} but found ${shown(text)}`);
}

function addressesOf(job: string, value: unknown): string[] {
  const isRight = (each: unknown) => typeof each === "string" && isAddress(each);
  if (Array.isArray(value) && value.every(isRight)) return value;
  throw wrong(`a list of host:port as ${job}`, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(expected: string, found: unknown): InputError {
  return new InputError(
    `Expected TF_CONFIG to have ${expected} but found ${shown(found)}: it is like ${EXAMPLE}`,
  );
}

/** Shortened, since a cluster may have hundreds of addresses. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "none";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
