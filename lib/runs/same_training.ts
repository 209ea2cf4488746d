/**
 * What makes two descriptions of a training descriptions of the same one.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";

/** Settings that determine the result of a training, as in `config.json`. */
export type TrainingDescription = Readonly<Record<string, unknown>>;

/** SHA-256 of the content of each data set of a training, from `contentDigest`. */
export interface ContentDigests {
  /** Training set. */
  readonly train: string;
  /** Test set. */
  readonly test: string;
  /** Validation set; missing if the training selects no evaluation by one. */
  readonly validation?: string;
}

/** The data sets, in the order of the comparison, as messages call them. */
const SETS = { train: "training set", test: "test set", validation: "validation set" } as const;

/** What describes data but is no setting: names, folders, and digests, also that of the indices of a long tail. */
const LABELS = ["name", "folder", "root", "test", "sha256", "content"];

/** Digits of a digest in messages. */
const SHOWN = 12;

/**
 * Returns what identifies a training: if the content of its data is known, that stands for the names and the folder,
 * which may change.
 *
 * @param training Settings in `config.json`.
 * @returns The settings; unchanged for runs of earlier versions, which do not record the content.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const content = { train: "3f", test: "a0" };
 * const identity = (folder: string) => identityOf({ seed: 0, data: { folder, content } });
 * assertEquals(identity("data/moved"), identity("data/mine"));
 * ```
 */
export function identityOf(training: TrainingDescription): TrainingDescription {
  const content = contentOf(training);
  return content ? { ...withoutData(training), content } : training;
}

/**
 * Checks that a run has the requested settings and data. Data is the same if its content is; for runs of earlier
 * versions, which do not record the content, if its name and folder are.
 *
 * @param path The run folder, for the error message.
 * @param earlier Settings in the run's `config.json`.
 * @param now Requested settings.
 * @throws {UsageError} If a setting or the data differs; the message names it.
 */
export function expectSameTraining(
  path: string,
  earlier: TrainingDescription,
  now: TrainingDescription,
): void {
  // As after writing and reading, which drops undefined values.
  const [before, after] = [earlier, now].map((training) => JSON.parse(JSON.stringify(training)));
  const [recorded, found] = [before, after].map(contentOf);
  if (!recorded || !found) {
    expectEqual(path, comparable(before, after), comparable(after, before));
    return;
  }
  expectEqual(path, withoutData(before), withoutData(after));
  const set = (Object.keys(SETS) as (keyof ContentDigests)[])
    .find((set) => recorded[set] !== found[set]);
  if (set === undefined) return;
  // A setting, for instance the imbalance, says more than a digest.
  expectEqual(path, { data: settingsOf(before) }, { data: settingsOf(after) });
  const [digest, other] = [recorded, found].map((digests) => digests[set]?.slice(0, SHOWN));
  if (!digest || !other) {
    expectEqual(path, { validation: before.validation }, { validation: after.validation });
  }
  throw new UsageError(
    `Expected the ${SETS[set]} to have the SHA-256 ${digest}, as in the run that ${path} holds, ` +
      `but found ${other}: resume with the same images, or choose another folder`,
  );
}

/**
 * Returns the digests of the data.
 *
 * @param training Settings in `config.json`.
 * @returns The digests, or `undefined` for runs of earlier versions, which do not record them.
 */
export function contentOf({ data }: TrainingDescription): ContentDigests | undefined {
  return (data as { content?: ContentDigests } | undefined)?.content;
}

function withoutData({ data: _, validation: _name, ...others }: TrainingDescription) {
  return others;
}

/** Settings of the data, without its labels and its content. */
function settingsOf({ data }: TrainingDescription): TrainingDescription {
  return Object.fromEntries(Object.entries(data ?? {}).filter(([name]) => !LABELS.includes(name)));
}

/** Without the digests of the data that the other description lacks. */
function comparable(training: TrainingDescription, other: TrainingDescription) {
  const [data, others] = [training, other].map(({ data }) =>
    data as TrainingDescription | undefined
  );
  const known = Object.entries(data ?? {}).filter(([name]) =>
    name !== "content" && (name !== "sha256" || others?.sha256 !== undefined)
  );
  return data ? { ...training, data: Object.fromEntries(known) } : training;
}

/** Throws if two JSON trees differ, and names the first value that does. */
function expectEqual(path: string, before: TrainingDescription, after: TrainingDescription): void {
  const found = difference(before, after);
  if (!found) return;
  throw new UsageError(
    `Expected ${found.name} to be ${found.before}, as in the run that ${path} holds, but found ` +
      `${found.after}: resume with the same settings, or choose another folder`,
  );
}

/** Finds the first value in which two JSON trees differ, with its path. */
function difference(
  before: unknown,
  after: unknown,
  name = "",
): { name: string; before: string; after: string } | undefined {
  const texts = [before, after].map((value) => JSON.stringify(value) ?? "nothing");
  if (texts[0] === texts[1]) return undefined;
  if (isTree(before) && isTree(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const path = Array.isArray(before) ? `${name}[${key}]` : name ? `${name}.${key}` : key;
      const found = difference(before[key], after[key], path);
      if (found) return found;
    }
  }
  return { name, before: texts[0], after: texts[1] };
}

/** Returns whether a value is an object or a list that contains objects, rather than a list of numbers or strings. */
function isTree(value: unknown): value is Record<string, unknown> {
  return Array.isArray(value) ? value.some(isTree) : typeof value === "object" && value !== null;
}
