/**
 * Elementwise operations.
 *
 * @module
 */
import type { Binary, Builder, Direction } from "../builder.ts";
import { number, type Rule, type Rules } from "../rule.ts";
import type { Value } from "../value.ts";

/** Broadcasts two operands to the shape of the result. */
function together(b: Builder, [x, y]: readonly Value[]): [Value, Value, readonly number[]] {
  const rank = Math.max(x.shape.length, y.shape.length);
  const at = (value: Value, axis: number) => value.shape[axis - rank + value.shape.length] ?? 1;
  const shape = Array.from({ length: rank }, (_, axis) => {
    const [one, other] = [at(x, axis), at(y, axis)];
    return one === 1 ? other : one;
  });
  return [b.broadcast(x, shape), b.broadcast(y, shape), shape];
}

const unary = (operation: string): Rule => (b, { inputs: [x] }) => b.unary(operation, x);

const binary = (operation: Binary): Rule => (b, { inputs }) => {
  const [x, y] = together(b, inputs);
  return b.binary(operation, x, y);
};

const compare = (direction: Direction): Rule => (b, { inputs }) => {
  const [x, y] = together(b, inputs);
  return b.compare(direction, x, y);
};

/** max(x, 0) + log(1 + exp(−|x|)), which does not overflow. */
const softplus: Rule = (b, { inputs: [x] }) => {
  const rest = b.unary(
    "log_plus_one",
    b.unary("exponential", b.unary("negate", b.unary("abs", x))),
  );
  return b.binary("add", b.binary("maximum", x, b.like(0, x)), rest);
};

/** The condition may have the rank of the operands, rank 0, or rank 1 along their first axis. */
const select: Rule = (b, { inputs: [condition, x, y] }) => {
  const { shape } = x;
  if (condition.shape.length === shape.length) return b.select(condition, x, y);
  const axes = condition.shape.map((_, axis) => axis);
  return b.select(b.broadcast(condition, shape, axes), x, y);
};

const selectBroadcast: Rule = (b, { inputs: [condition, x, y], outputs: [{ shape }] }) =>
  b.select(b.broadcast(condition, shape), b.broadcast(x, shape), b.broadcast(y, shape));

const squaredDifference: Rule = (b, { inputs }) => {
  const [x, y] = together(b, inputs);
  const difference = b.binary("subtract", x, y);
  return b.binary("multiply", difference, difference);
};

/** Division that rounds towards negative infinity; StableHLO's rounds integers towards 0. */
const floorDivide: Rule = (b, { inputs }) => {
  const [x, y] = together(b, inputs);
  if (x.element === "f32") return b.unary("floor", b.binary("divide", x, y));
  const quotient = b.binary("divide", x, y), rest = b.binary("remainder", x, y);
  const isInexact = b.compare("NE", rest, b.like(0, rest));
  const differs = b.compare("LT", b.binary("xor", rest, y), b.like(0, rest));
  const less = b.binary("subtract", quotient, b.like(1, quotient));
  return b.select(b.binary("and", isInexact, differs), less, quotient);
};

/** The remainder of {@linkcode floorDivide}, which has the sign of the divisor. */
const floorModulo: Rule = (b, { inputs }) => {
  const [x, y] = together(b, inputs);
  const rest = b.binary("remainder", x, y), zero = b.like(0, rest);
  const isInexact = b.compare("NE", rest, zero);
  const differs = b.compare("NE", b.compare("LT", rest, zero), b.compare("LT", y, zero));
  return b.select(b.binary("and", isInexact, differs), b.binary("add", rest, y), rest);
};

/** Elementwise operations. */
export const ELEMENTWISE: Rules = {
  Abs: unary("abs"),
  Ceil: unary("ceil"),
  Cos: unary("cosine"),
  Exp: unary("exponential"),
  Expm1: unary("exponential_minus_one"),
  Floor: unary("floor"),
  Log: unary("log"),
  Log1p: unary("log_plus_one"),
  LogicalNot: unary("not"),
  Neg: unary("negate"),
  Round: unary("round_nearest_even"),
  Rsqrt: unary("rsqrt"),
  Sigmoid: unary("logistic"),
  Sign: unary("sign"),
  Sin: unary("sine"),
  Sqrt: unary("sqrt"),
  Tan: unary("tan"),
  Tanh: unary("tanh"),
  Identity: (_, { inputs: [x] }) => x,
  Reciprocal: (b, { inputs: [x] }) => b.binary("divide", b.like(1, x), x),
  Square: (b, { inputs: [x] }) => b.binary("multiply", x, x),
  Softplus: softplus,
  IsNan: (b, { inputs: [x] }) => b.compare("NE", x, x),

  AddV2: binary("add"),
  Atan2: binary("atan2"),
  Div: binary("divide"),
  LogicalAnd: binary("and"),
  LogicalOr: binary("or"),
  Maximum: binary("maximum"),
  Minimum: binary("minimum"),
  Mul: binary("multiply"),
  Pow: binary("power"),
  RealDiv: binary("divide"),
  Sub: binary("subtract"),
  FloorDiv: floorDivide,
  FloorMod: floorModulo,
  SquaredDifference: squaredDifference,

  Equal: compare("EQ"),
  Greater: compare("GT"),
  GreaterEqual: compare("GE"),
  Less: compare("LT"),
  LessEqual: compare("LE"),
  NotEqual: compare("NE"),

  Cast: (b, { inputs: [x], outputs: [{ element }] }) => b.convert(x, element),
  Select: select,
  SelectV2: selectBroadcast,
  ZerosLike: (b, { inputs: [x] }) => b.like(0, x),
  OnesLike: (b, { inputs: [x] }) => b.like(1, x),
  AddN: (b, { inputs }) => inputs.reduce((sum, value) => b.binary("add", sum, value)),

  Relu: (b, { inputs: [x] }) => b.binary("maximum", x, b.like(0, x)),
  ReluGrad: (b, { inputs: [dy, y] }) =>
    b.select(b.compare("GT", y, b.like(0, y)), dy, b.like(0, dy)),
  Relu6: (b, { inputs: [x] }) =>
    b.binary("minimum", b.binary("maximum", x, b.like(0, x)), b.like(6, x)),
  Elu: (b, { inputs: [x] }) =>
    b.select(b.compare("GT", x, b.like(0, x)), x, b.unary("exponential_minus_one", x)),
  LeakyRelu: (b, call) => {
    const { inputs: [x] } = call, slope = number(call, "alpha", 0.2);
    return b.select(
      b.compare("GT", x, b.like(0, x)),
      x,
      b.binary("multiply", x, b.like(slope, x)),
    );
  },
};
