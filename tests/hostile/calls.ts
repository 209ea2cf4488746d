/**
 * Calls every public function with hostile arguments and prints what is not answered as it should be, one JSON line
 * each: see exports_test.ts. Its arguments: the file with the JSON of `deno doc`, the number of calls of each function,
 * the seed, and optionally names of functions.
 *
 * @module
 */
import { rng } from "../../lib/core/rng.ts";
import { isTensor } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../mod.ts";
import { type DocField, type DocType, hostileValues } from "./values.ts";

/** A declaration in the JSON of `deno doc`. */
interface Declaration {
  readonly kind: string;
  readonly def: {
    readonly params?: readonly DocField[];
    readonly properties?: readonly DocField[];
    readonly extends?: readonly DocType[];
    readonly tsType?: DocType;
  };
}

const [file, calls, seed, ...only] = Deno.args;
const { nodes } = JSON.parse(await Deno.readTextFile(file)) as {
  nodes: Record<string, { symbols: { name: string; declarations: Declaration[] }[] }>;
};
const doors = await Promise.all(
  Object.entries(nodes).map(async ([url, { symbols }]) => ({ symbols, module: await import(url) })),
);
const toolkit = Object.assign({}, ...doors.map(({ module }) => module)) as Record<
  string,
  (...args: unknown[]) => unknown
>;
// A door that passes on what another one exports refers to it.
const symbols = doors.flatMap(({ symbols }) => symbols)
  .filter(({ declarations }) => declarations.some(({ kind }) => kind !== "reference"));
const of = (kind: string) =>
  symbols.flatMap(({ name, declarations }) =>
    declarations.filter((found) => found.kind === kind).map(({ def }) => [name, def] as const)
  );
const interfaces = new Map(of("interface"));
/** Fields of an interface, inherited ones included. */
const fieldsOf = (name: string): DocField[] => {
  const { properties = [], extends: parents = [] } = interfaces.get(name) ?? {};
  return [...parents.flatMap(({ repr }) => fieldsOf(repr ?? "")), ...properties];
};
const make = hostileValues(
  new Map([...interfaces.keys()].map((name) => [name, fieldsOf(name)])),
  new Map(of("typeAlias").map(([name, { tsType }]) => [name, tsType!])),
);

/** Whether an error tells what was wrong, instead of where the code stumbled over it. */
function isTold(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TypeError || error instanceof RangeError) {
    return error.message.startsWith("Expected");
  }
  return !(error instanceof ReferenceError || error instanceof SyntaxError);
}

/** Disposes the tensors in a result of any form. */
function dispose(result: unknown, depth = 0): void {
  if (isTensor(result)) return result.dispose();
  if (typeof result !== "object" || result === null || depth > 5) return;
  for (const part of Object.values(result)) dispose(part, depth + 1);
}

const say = (line: unknown) => console.log(JSON.stringify(line));
await engine();
let done = 0;
for (const [name, { params = [] }] of of("function")) {
  if (only.length > 0 && !only.includes(name)) continue;
  // What a function of the caller's returns is up to its types.
  if (params.some(({ tsType }) => tsType?.kind === "fnOrConstructor")) continue;
  const called = toolkit[name];
  const random = rng(Number(seed)).fork(name);
  for (let call = 0; call < Number(calls); call++) {
    // The last line names the function that ended or held up the process.
    say({ call: name, number: call });
    const before = tf.memory().numTensors;
    tf.engine().startScope();
    const args = params.map((param) => {
      const { tsType, optional } = param.left ?? param;
      const omit = (optional || param.kind === "assign") && random.uniform() < 0.3;
      return omit ? undefined : make(tsType, random);
    });
    let error: unknown;
    try {
      const result = called(...args);
      if (result instanceof Promise) dispose(await result);
    } catch (caught) {
      error = caught;
    }
    tf.engine().endScope();
    done++;
    const left = tf.memory().numTensors - before;
    if (left !== 0) say({ name, number: call, left });
    if (error !== undefined && !isTold(error)) {
      say({ name, number: call, error: String(error), stack: (error as Error).stack });
    }
  }
}
say({ done });
