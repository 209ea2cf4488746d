/**
 * Types of a benchmark: subjects, their cases, and the contenders measured in each.
 *
 * @module
 */

/** An implementation under measurement, run in its own process. */
export interface Contender {
  /** Name in tables, for instance `PyTorch, channels last`. */
  readonly name: string;
  /** `work`: a module of bench/workloads; `peer`: a Python script of bench/peers. */
  readonly kind: "work" | "peer";
  /** File name of the module or script, without its extension. */
  readonly script: string;
  /** Options of the module or script; a peer receives them as flags. */
  readonly options: Readonly<Record<string, string | number>>;
  /**
   * Whether every turn starts a new process, rather than using one that stays warm between turns.
   *
   * @default {false}
   */
  readonly fresh?: boolean;
  /**
   * Number of the core that the process runs on, alone (`taskset`).
   *
   * @default {any}
   */
  readonly core?: number;
}

/** The same work done by several contenders in turn. */
export interface Case {
  /** Name within its subject, for instance `float32`. */
  readonly name: string;
  /** Unit of the measurement, seconds or bytes; lower is better. */
  readonly unit: "s" | "B";
  /** This project. */
  readonly ours: Contender;
  /** Contenders that it is compared with. */
  readonly peers: readonly Contender[];
  /** Upper bound aimed at for the ratio of ours to the best peer. */
  readonly target?: number;
  /** Maximum number of rounds, for cases whose rounds take long. */
  readonly mostRounds?: number;
  /** Name of an earlier case of the subject; the cost is reported as a multiple of its cost. */
  readonly growsFrom?: string;
  /** An earlier case of the subject; the cost is reported as a fraction of `times` times its cost. */
  readonly fractionOf?: { readonly name: string; readonly times: number };
}

/** Settings from which a subject creates its cases. */
export interface BenchSettings {
  /** An empty temporary folder, removed after the subject. */
  readonly folder: string;
  /** Python program that runs the peers. */
  readonly python: string;
  /** Whether it has PyTorch. */
  readonly pytorch: boolean;
  /** Number of training steps over which the growth of memory is measured. */
  readonly memorySteps: number;
}

/** A benchmark. */
export interface Subject {
  /** Name on the command line. */
  readonly name: string;
  /** One-line description of what is measured. */
  readonly about: string;
  /** Creates the cases, and the files that they need. */
  cases(settings: BenchSettings): Promise<readonly Case[]> | readonly Case[];
}

/**
 * Creates a contender of this project.
 *
 * @param script Name of the module.
 * @param options Its options.
 * @param rest Another name than `ours`; whether every turn starts a new process.
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
 * Creates a contender in Python.
 *
 * @param script Name of the script.
 * @param options Its flags.
 * @param rest Another name than `PyTorch`; whether every turn starts a new process.
 * @returns The contender.
 */
export function peer(
  script: string,
  options: Contender["options"],
  rest: Partial<Pick<Contender, "name" | "fresh">> = {},
): Contender {
  return { name: "PyTorch", kind: "peer", script, options, ...rest };
}
