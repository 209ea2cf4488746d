/**
 * Measurement of a case in rounds, in which contenders take turns.
 *
 * @module
 */
import { median } from "./median.ts";
import { ContenderError, type Measured, type Running, start } from "./processes.ts";
import type { Case, Contender } from "./subject.ts";

/** Measurements of one contender. */
export interface ContenderResult {
  /** Name of the contender. */
  readonly name: string;
  /** Name and version of the framework that computed; empty if unknown. */
  readonly framework: string;
  /** Seconds or bytes of each round; empty if it failed. */
  readonly values: readonly number[];
  /** Median of the values; NaN if it failed. */
  readonly median: number;
  /** Ratio of ours to this contender, median over the rounds; NaN if it failed. */
  readonly ratio: number;
  /** Its remark, or why it failed. */
  readonly remark: string;
}

/** Measurements of one case. */
export interface CaseResult {
  /** The case. */
  readonly case: Case;
  /** This project. */
  readonly ours: ContenderResult;
  /** The other contenders, including those that failed. */
  readonly peers: readonly ContenderResult[];
  /** The peer with the smallest median, if any succeeded. */
  readonly best?: ContenderResult;
}

/** Options of {@linkcode measureCase}. */
export interface RoundsOptions {
  /** Number of rounds, at least 1. */
  readonly rounds: number;
  /** Python program that runs the peers. */
  readonly python: string;
  /** Whether to skip peers in Python. */
  readonly alone?: boolean;
  /** Called before each turn; round 0 is the start of the process. */
  readonly onTurn?: (round: number, name: string) => void;
}

/** Pause before each turn in milliseconds, since threads of the previous contender still spin for a while. */
const PAUSE = 200;

/**
 * Measures a case. Contenders take turns, in reverse order in every second round, so that disturbances and drift of the
 * machine affect all of them alike.
 *
 * @param benchCase The case.
 * @param options Rounds, Python, callback.
 * @returns Medians and ratios.
 * @throws {ContenderError} If this project's side fails.
 * @throws {Error} If the networks of two contenders differ in their number of parameters.
 */
export async function measureCase(
  benchCase: Case,
  { rounds, python, alone = false, onTurn = () => {} }: RoundsOptions,
): Promise<CaseResult> {
  const contenders = [
    benchCase.ours,
    ...benchCase.peers.filter(({ kind }) => kind === "work" || !alone),
  ];
  const running = new Map<Contender, Running>();
  const found = new Map<Contender, Measured[]>(contenders.map((contender) => [contender, []]));
  const failures = new Map<Contender, string>();
  const attempt = async (contender: Contender, run: () => Promise<void>) => {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof ContenderError) || contender === benchCase.ours) throw error;
      failures.set(contender, error.message);
      found.set(contender, []);
    }
  };
  try {
    for (const contender of contenders) {
      onTurn(0, contender.name);
      await attempt(contender, async () => {
        running.set(contender, await start(contender, python));
      });
    }
    for (let round = 1; round <= Math.min(rounds, benchCase.mostRounds ?? rounds); round++) {
      for (const contender of round % 2 ? contenders : contenders.toReversed()) {
        if (failures.has(contender)) continue;
        if (contenders.length > 1) await new Promise((resolve) => setTimeout(resolve, PAUSE));
        onTurn(round, contender.name);
        await attempt(contender, async () => {
          found.get(contender)!.push(await running.get(contender)!.turn());
        });
      }
    }
  } finally {
    for (const { close } of running.values()) await close();
  }
  expectSameNetwork(benchCase.name, found);
  const valuesOf = (contender: Contender) => found.get(contender)!.map(({ value }) => value);
  const own = valuesOf(benchCase.ours);
  const results = contenders.map((contender) => {
    const values = valuesOf(contender), last = found.get(contender)!.at(-1);
    return {
      name: contender.name,
      framework: last?.framework ?? "",
      values,
      median: median(values),
      ratio: median(values.map((value, round) => own[round] / value)),
      remark: failures.get(contender) ?? last?.remark ?? "",
    };
  });
  const [ours, ...peers] = results;
  const best = peers.filter(({ values }) => values.length > 0)
    .toSorted((a, b) => a.median - b.median)[0];
  return { case: benchCase, ours, peers, best };
}

function expectSameNetwork(name: string, found: ReadonlyMap<Contender, readonly Measured[]>): void {
  const counts = [...found].flatMap(([contender, [first]]) =>
    first?.parameters === undefined ? [] : [`${contender.name}: ${first.parameters}`]
  );
  if (new Set(counts.map((text) => text.split(": ").at(-1))).size > 1) {
    throw new Error(
      `Expected ${name} to be the same network for all but found parameters ${counts.join("; ")}`,
    );
  }
}
