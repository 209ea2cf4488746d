/**
 * What has to be the same in all processes of a cluster.
 *
 * @module
 */
import { PeerError } from "../../core/errors.ts";
import type { Cluster } from "./cluster.ts";
import { valuesOfAll } from "./exchange.ts";

/** What a process tells the others, in the order of the comparison. */
export type Credentials = Readonly<Record<string, string | number>>;

/**
 * Compares what the processes are about to do.
 *
 * @param cluster The processes.
 * @param own What this one tells.
 * @throws {PeerError} If a process differs from that of rank 0; the message names it.
 */
export async function expectSame(cluster: Cluster, own: Credentials): Promise<void> {
  expectAllSame(await valuesOfAll(cluster, own), cluster.addresses);
}

/**
 * Throws if processes disagree.
 *
 * @param all What each process has told, by rank.
 * @param addresses Their addresses.
 * @throws {PeerError} If one differs from that of rank 0.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { PeerError } from "@nbn/toolkit/core";
 *
 * const wrong = () => expectAllSame([{ seed: 0 }, { seed: 1 }], ["a:1", "b:1"]);
 * assertThrows(wrong, PeerError, "the same seed, 0, but found 1 at process 1 (b:1)");
 * ```
 */
export function expectAllSame(all: readonly Credentials[], addresses: readonly string[]): void {
  const [first] = all;
  for (const name of Object.keys(first)) {
    const rank = all.findIndex((own) => own[name] !== first[name]);
    if (rank < 0) continue;
    throw new PeerError(
      `Expected all processes to have the same ${name}, ${shown(first[name])}, but found ` +
        `${shown(all[rank][name])} at process ${rank} (${
          addresses[rank]
        }): start all with the same ` +
        "version, command and data",
    );
  }
}

/** A value as messages show it: of a digest, its first digits. */
function shown(value: string | number): string {
  return String(value).replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, "$1");
}
