/**
 * How long a sum over a ring of machines takes.
 *
 * @module
 */
import { median } from "../median.ts";

/** A measured sum. */
export interface MeasuredSum {
  readonly processes: number;
  /** Bytes that are added. */
  readonly size: number;
  readonly seconds: number;
}

/** The two numbers of the model. */
export interface Ring {
  /** Seconds that a message takes besides its bytes. */
  readonly latency: number;
  /** Bytes that a process sends in a second. */
  readonly bandwidth: number;
}

/**
 * Time of a sum: each of N processes sends a part of S/N bytes 2(N − 1) times, t = 2(N − 1)(α + S/(N·B)).
 *
 * @param ring Latency α and bandwidth B.
 * @param processes Number of processes N.
 * @param size Bytes S that are added.
 * @returns Seconds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ringSeconds({ latency: 0.5, bandwidth: 100 }, 4, 800), 15);
 * ```
 */
export function ringSeconds(
  { latency, bandwidth }: Ring,
  processes: number,
  size: number,
): number {
  return 2 * (processes - 1) * (latency + size / (processes * bandwidth));
}

/**
 * Fits latency and bandwidth to sums of two sizes: exactly for each number of processes, of which the medians are taken.
 *
 * @param sums The sums, two for each number of processes.
 * @returns Latency and bandwidth.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ring = { latency: 0.5, bandwidth: 100 };
 * const sum = (size: number) => ({ processes: 4, size, seconds: ringSeconds(ring, 4, size) });
 * assertEquals(fitted([sum(800), sum(1600)]), ring);
 * ```
 */
export function fitted(sums: readonly MeasuredSum[]): Ring {
  const rings = [...new Set(sums.map(({ processes }) => processes))].map((processes): Ring => {
    const [small, large] = sums.filter((sum) => sum.processes === processes)
      .toSorted((a, b) => a.size - b.size);
    const messages = 2 * (processes - 1);
    const perByte = (large.seconds - small.seconds) / (large.size - small.size);
    const bandwidth = messages / (processes * perByte);
    return { bandwidth, latency: small.seconds / messages - small.size / (processes * bandwidth) };
  });
  return {
    latency: Math.max(0, median(rings.map(({ latency }) => latency))),
    bandwidth: median(rings.map(({ bandwidth }) => bandwidth)),
  };
}
