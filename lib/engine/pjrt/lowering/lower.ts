/**
 * Lowering a recorded function to StableHLO, which every PJRT plugin compiles.
 *
 * libtensorflow can lower functions, too (tf2xla), but only as a side effect of compiling them for a CPU: its dump needs
 * `XLA_FLAGS` for the whole process, so a child process with TensorFlow's library of its own, and a compiler that is made
 * to fail once the dump is written. What decided for the rules in this folder: a step is lowered in milliseconds instead
 * of seconds; random numbers are those of the other backends; bfloat16 and TF32 are written into the module; sums by
 * segment are deterministic on GPUs; and every rule is tested on its own against TensorFlow.
 *
 * @module
 */
import { EngineError } from "../../../core/errors.ts";
import type { RecordedOperation, RecordedProgram, Source } from "../recorded_program.ts";
import { type Arithmetic, Builder } from "./builder.ts";
import { RULES } from "./rules/mod.ts";
import { meshText, type Sharding, shardingText } from "./sharding.ts";
import { type Type, typeText, type Value } from "./value.ts";

/** Options of {@linkcode lower}. */
export interface LowerOptions {
  /** Name of the module. */
  readonly name: string;
  /** How products and convolutions are computed. */
  readonly arithmetic: Arithmetic;
  /** For inputs that are used up, the index of the output that takes their memory. */
  readonly donated: ReadonlyMap<number, number>;
  /** How the inputs lie on several devices; one device runs the module if missing. */
  readonly sharding?: Sharding;
}

/**
 * Lowers a recorded function.
 *
 * @param program The function.
 * @param options Name, arithmetic and inputs that are used up.
 * @returns A StableHLO module as text.
 * @throws {EngineError} If there is no rule for an operation; the message names it.
 */
export function lower(program: RecordedProgram, options: LowerOptions): string {
  const { sharding } = options, builder = new Builder(options.arithmetic, sharding?.devices);
  const results = new Map<RecordedOperation, Value[]>();
  const valueOf = (source: Source): Value => {
    if (source.kind === "input") {
      return { ...program.inputs[source.index], name: `%arg${source.index}` };
    }
    if (source.kind === "constant") return constant(builder, source.type, source.values);
    return results.get(source.operation)![source.index];
  };
  const needed = neededOperations(program);
  for (const recorded of program.operations) {
    if (!needed.has(recorded)) continue;
    const { operation } = recorded, rule = RULES[operation];
    if (!rule) {
      throw new EngineError(
        `Expected operations that accelerators are given but found ${operation} in ${options.name}: ` +
          "run it on the processor (--device cpu), or write it with other operations",
      );
    }
    const found = rule(builder, { ...recorded, inputs: recorded.inputs.map(valueOf) });
    results.set(recorded, Array.isArray(found) ? found : [found]);
  }
  const outputs = program.outputs.map(valueOf);
  const args = program.inputs.map((type, i) => {
    const output = options.donated.get(i);
    const alias = output === undefined ? [] : [`tf.aliasing_output = ${output} : i32`];
    const place = sharding ? [shardingText(type, sharding.inputs.has(i))] : [];
    return `%arg${i}: ${typeText(type)}${attributes([...alias, ...place])}`;
  });
  // Without a sharding of its own, an output would have the one that suits its computation.
  const types = outputs.map((type) =>
    typeText(type) + attributes(sharding ? [shardingText(type, false)] : [])
  );
  return [
    `module @${options.name.replaceAll(/\W/g, "_")} {`,
    ...(sharding ? [meshText(sharding)] : []),
    `func.func public @main(${args.join(", ")}) -> (${types.join(", ")}) {`,
    ...builder.lines,
    `return ${outputs.map(({ name }) => name).join(", ")} : ${outputs.map(typeText).join(", ")}`,
    "}",
    "}",
  ].join("\n");
}

function attributes(texts: readonly string[]): string {
  return texts.length === 0 ? "" : ` {${texts.join(", ")}}`;
}

/** Returns the operations that contribute to the outputs. */
function neededOperations({ operations, outputs }: RecordedProgram): Set<RecordedOperation> {
  const needed = new Set<RecordedOperation>();
  const mark = (source: Source) => {
    if (source.kind === "result") needed.add(source.operation);
  };
  outputs.forEach(mark);
  // Operands were recorded before the operations that read them.
  for (const operation of operations.toReversed()) {
    if (needed.has(operation)) operation.inputs.forEach(mark);
  }
  return needed;
}

function constant(builder: Builder, type: Type, values: unknown): Value {
  const numbers = values as ArrayLike<number>;
  if (type.element !== "i1") return builder.constant(numbers, type);
  // Lists of bits have a text form of their own, integers have not.
  const whole = builder.constant(Array.from(numbers, Number), { ...type, element: "i32" });
  return builder.convert(whole, "i1");
}
