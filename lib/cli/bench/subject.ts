/**
 * What a benchmark is: a subject, its cases, and who is measured in each.
 *
 * @module
 */

/** Someone who is measured, in a process of its own. */
export interface Contender {
  /** Name in tables, for instance `PyTorch, channels last`. */
  readonly name: string;
  /** Whether it is work of lib/cli/bench/work or a script of tests/peers. */
  readonly kind: "work" | "peer";
  /** Which work or script, without the ending. */
  readonly script: string;
  /** What the script is told; a peer gets them as flags. */
  readonly options: Readonly<Record<string, string | number>>;
  /**
   * Whether every turn has a new process, rather than one that stays warm between its turns.
   *
   * @default {false}
   */
  readonly fresh?: boolean;
}

/** The same work done by several contenders, who take turns. */
export interface Case {
  /** Name within its subject, for instance `float32`. */
  readonly name: string;
  /** What is measured: seconds or bytes, the fewer the better. */
  readonly unit: "s" | "B";
  /** This project. */
  readonly ours: Contender;
  /** Those it is measured against. */
  readonly peers: readonly Contender[];
  /** Largest ratio of ours to the best peer that is aimed at. */
  readonly target?: number;
  /** Most rounds, where a round takes long. */
  readonly mostRounds?: number;
  /** An earlier case of the subject that the cost is compared with. */
  readonly growsFrom?: string;
  /** An earlier case of the subject, of so many of which the cost is told as a share. */
  readonly shareOf?: { readonly name: string; readonly times: number };
}

/** What cases are made from. */
export interface BenchSettings {
  /** An empty folder, removed when the subject is done. */
  readonly folder: string;
  /** The Python that peers run in. */
  readonly python: string;
  /** Whether it has PyTorch. */
  readonly pytorch: boolean;
  /** Steps over which memory is watched. */
  readonly memorySteps: number;
}

/** A benchmark. */
export interface Subject {
  /** Name on the command line. */
  readonly name: string;
  /** What is measured, in one line. */
  readonly about: string;
  /** Makes its cases, and the files that they need. */
  cases(settings: BenchSettings): Promise<readonly Case[]> | readonly Case[];
}

/**
 * A contender of this project.
 *
 * @param script Name of the work.
 * @param options What it is told.
 * @param rest Another name, or a process for every turn.
 * @returns The contender.
 */
export function work(
  script: string,
  options: Contender["options"],
  rest: Partial<Pick<Contender, "name" | "fresh">> = {},
): Contender {
  return { name: "ours", kind: "work", script, options, ...rest };
}

/**
 * A contender in Python.
 *
 * @param script Name of the script.
 * @param options Its flags.
 * @param rest Another name, or a process for every turn.
 * @returns The contender.
 */
export function peer(
  script: string,
  options: Contender["options"],
  rest: Partial<Pick<Contender, "name" | "fresh">> = {},
): Contender {
  return { name: "PyTorch", kind: "peer", script, options, ...rest };
}
