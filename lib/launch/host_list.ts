/**
 * Slurm's host lists, as in `SLURM_STEP_NODELIST`.
 *
 * @module
 */
import { InputError } from "../core/errors.ts";

/** Upper bound on the number of hosts, Slurm's own. */
const MAX_HOSTS = 65_536;

/**
 * Expands a host list, as `scontrol show hostnames` does: `node[01-03,07],gpu5` lists five hosts. A name may have
 * several brackets; the last one varies fastest, then the first, then the second, as in Slurm. Unlike Slurm's lists, a
 * name may go on after its last bracket (`node[1-2]-ib`).
 *
 * @param text The list.
 * @param name Name of the variable that it is from, for error messages.
 * @returns Host names in the order of the list, at least one; a host may occur several times.
 * @throws {InputError} If the list is malformed or has more than 65,536 hosts.
 * @see https://slurm.schedmd.com/scontrol.html
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(expandHostList("node[01-03,07],gpu5"), ["node01", "node02", "node03", "node07", "gpu5"]);
 * assertEquals(expandHostList("r[1-2]n[1-2]"), ["r1n1", "r1n2", "r2n1", "r2n2"]);
 * ```
 */
export function expandHostList(text: string, name = "the host list"): string[] {
  const hosts: string[] = [];
  for (const pattern of patternsOf(text)) {
    const parts = partsOf(pattern);
    if (!parts) throw malformed(name, text);
    const count = parts.reduce((product, { length }) => product * length, 1);
    if (hosts.length + count > MAX_HOSTS) {
      throw new InputError(
        `Expected ${name} to list at most ${MAX_HOSTS} hosts but found more in ${
          JSON.stringify(text)
        }`,
      );
    }
    for (let index = 0; index < count; index++) hosts.push(hostAt(parts, index));
  }
  if (hosts.length === 0) throw malformed(name, text);
  return hosts;
}

/** Splits a list at the commas outside of brackets. */
function patternsOf(text: string): string[] {
  return text.split(/,(?![^[\]]*\])/).map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== "");
}

/** Alternatives of each part of a pattern: one for literal text, several for a bracket. */
function partsOf(pattern: string): string[][] | undefined {
  const parts: string[][] = [];
  for (const [piece, ranges] of pattern.matchAll(/\[([^[\]]*)\]|[^[\]]+|[[\]]/g)) {
    const values = ranges === undefined ? literal(piece) : numbersOf(ranges);
    if (!values) return undefined;
    parts.push(values);
  }
  return parts;
}

function literal(text: string): string[] | undefined {
  return /^[\w.-]+$/.test(text) ? [text] : undefined;
}

/** Expands the inside of a bracket, for instance `01-03,07`. */
function numbersOf(ranges: string): string[] | undefined {
  const numbers: string[] = [];
  for (const range of ranges.split(",")) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    if (first === undefined) return undefined;
    const count = Number(last) - Number(first) + 1;
    if (!(count >= 1) || numbers.length + count > MAX_HOSTS) return undefined;
    for (let i = 0; i < count; i++) {
      // Padded to the width of the first number of the range. BigInt, since zeros may make it long.
      numbers.push(String(BigInt(first) + BigInt(i)).padStart(first.length, "0"));
    }
  }
  return numbers;
}

/** Returns a host of a pattern by its index. */
function hostAt(parts: readonly (readonly string[])[], index: number): string {
  const choices = parts.map(() => 0);
  const brackets = [...parts.keys()].filter((part) => parts[part].length > 1);
  for (const part of [...brackets.slice(-1), ...brackets.slice(0, -1)]) {
    choices[part] = index % parts[part].length;
    index = Math.floor(index / parts[part].length);
  }
  return parts.map((part, i) => part[choices[i]]).join("");
}

function malformed(name: string, text: string): InputError {
  return new InputError(
    `Expected ${name} to be a host list such as node[01-03,07],gpu5 but found ${
      JSON.stringify(text)
    }`,
  );
}
