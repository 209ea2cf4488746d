/**
 * Lowered modules with the arithmetic of float64, which show what rounding to float32 costs.
 *
 * @module
 */

/**
 * Rewrites a module to compute in float64. Inputs, outputs and constants keep their float32 values, so it is the same
 * function without the rounding in between.
 *
 * @param module A module that `lower()` wrote.
 * @returns The rewritten module.
 */
export function inFloat64(module: string): string {
  const lines = module.split("\n"), [head, signature] = lines;
  const body = lines.slice(2, -3), [returned] = lines.slice(-3);
  const inputs = new Map(
    [...signature.matchAll(/%(arg\d+): (tensor<[^>]*f32>)/g)].map(([, name, type]) => [name, type]),
  );
  /** An operand, in float64 if it is an input. */
  const operands = (text: string) =>
    text.replaceAll(/%(arg\d+)\b/g, (all, name) => inputs.has(name) ? `%wide_${name}` : all);
  const [values, types] = returned.replace("return ", "").split(" : ")
    .map((list) => list.split(", "));
  const narrowed = values.map((value, i) => {
    const from = widened(types[i]);
    return from === types[i]
      ? { name: value, line: [] }
      : { name: `%out${i}`, line: [convert(`%out${i}`, operands(value), from, types[i])] };
  });
  return [
    head,
    signature,
    ...[...inputs].map(([name, type]) => convert(`%wide_${name}`, `%${name}`, type, widened(type))),
    ...body.map((line) => operands(widened(line))),
    ...narrowed.flatMap(({ line }) => line),
    `return ${narrowed.map(({ name }) => name).join(", ")} : ${types.join(", ")}`,
    ...lines.slice(-2),
  ].join("\n");
}

function convert(to: string, value: string, from: string, type: string): string {
  return `${to} = stablehlo.convert ${value} : (${from}) -> ${type}`;
}

/** Replaces the type float32 and the bits of constants. */
function widened(text: string): string {
  return text
    .replaceAll(
      /"0x([0-9A-F]+)"(?=> : tensor<[^>]*f32>)/g,
      (_, bits) => `"0x${hexadecimal(Float64Array.from(new Float32Array(bytesOf(bits))))}"`,
    )
    .replaceAll(/\b0x([0-9A-F]{8})(?=> : tensor<[^>]*f32>)/g, (_, bits) => {
      const wide = new DataView(new ArrayBuffer(8));
      wide.setFloat64(0, new DataView(bytesOf(bits)).getFloat32(0));
      return `0x${hexadecimal(wide)}`;
    })
    .replaceAll(/(tensor<[^>]*)f32>/g, "$1f64>");
}

function bytesOf(bits: string): ArrayBuffer {
  return Uint8Array.fromHex(bits).buffer;
}

function hexadecimal({ buffer }: ArrayBufferView<ArrayBuffer>): string {
  return new Uint8Array(buffer).toHex().toUpperCase();
}
