/**
 * Random numbers: Philox 4×32-10 in integer arithmetic, so that every device draws the numbers that TensorFlow draws.
 *
 * @module
 */
import type { Builder } from "../builder.ts";
import {
  KEY_STEP_0,
  KEY_STEP_1,
  MULTIPLIER_0,
  MULTIPLIER_1,
  ROUNDS,
  SEED_KEY,
} from "../../../ops/philox.ts";
import type { Rule, Rules } from "../rule.ts";
import { sizeOf, type Value } from "../value.ts";

type Block = readonly [Value, Value, Value, Value];
type Key = readonly [Value, Value];

/** Applies the ten rounds to blocks of the same shape. */
function encrypt(b: Builder, start: Block, [first, second]: Key): Block {
  const [shape] = start.map(({ shape }) => shape);
  const spread = (value: number) => b.like(value >>> 0, { shape, element: "ui32" });
  const stepped = (key: Value, step: number, round: number) =>
    b.binary("add", key, spread(Math.imul(step, round)));
  let [c0, c1, c2, c3] = start;
  for (let round = 0; round < ROUNDS; round++) {
    const [high0, low0] = multiplied(b, c0, MULTIPLIER_0);
    const [high1, low1] = multiplied(b, c2, MULTIPLIER_1);
    const key0 = stepped(first, KEY_STEP_0, round), key1 = stepped(second, KEY_STEP_1, round);
    [c0, c1, c2, c3] = [
      b.binary("xor", b.binary("xor", high1, c1), key0),
      low1,
      b.binary("xor", b.binary("xor", high0, c3), key1),
      low0,
    ];
  }
  return [c0, c1, c2, c3];
}

/** The upper and the lower 32 bits of a product. */
function multiplied(b: Builder, x: Value, factor: number): [high: Value, low: Value] {
  const wide = b.convert(x, "ui64");
  const whole = b.binary("multiply", wide, b.like(factor, wide));
  const high = b.binary("shift_right_logical", whole, b.like(32, whole));
  return [b.convert(high, "ui32"), b.convert(whole, "ui32")];
}

/** Multiples of 2⁻²³ in [0, 1). */
const uniform: Rule = (b, { inputs: [, seed], outputs: [{ shape }] }) => {
  const size = sizeOf(shape), groups = Math.ceil(size / 4);
  const word = (index: number) => b.reshape(b.slice(seed, [index], [index + 1]), []);
  const unsigned = (x: Value) => b.bitcast(x, "ui32");
  const sign = (x: Value) =>
    b.select(b.compare("LT", x, b.like(0, x)), b.like(-1, x), b.like(0, x));
  const scrambled = encrypt(
    b,
    [word(0), sign(word(0)), word(1), sign(word(1))].map(unsigned) as unknown as Block,
    SEED_KEY.map((key) => b.scalar(key, "ui32")) as unknown as Key,
  );
  const [key0, key1, start2, start3] = scrambled.map((value) => b.broadcast(value, [groups]));
  const counter = b.iota([groups], 0, "ui32");
  const block = encrypt(b, [counter, b.like(0, counter), start2, start3], [key0, key1]);
  const columns = block.map((value) => b.reshape(value, [groups, 1]));
  const words = b.slice(b.reshape(b.concatenate(columns, 1), [4 * groups]), [0], [size]);
  const mantissa = b.binary("and", words, b.like(0x7fffff, words));
  const numbers = b.convert(mantissa, "f32");
  return b.reshape(b.binary("multiply", numbers, b.like(2 ** -23, numbers)), shape);
};

/** Random numbers. */
export const RANDOM: Rules = { StatelessRandomUniform: uniform };
