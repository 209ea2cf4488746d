/**
 * Recipes for the rows of the paper's tables.
 *
 * @module
 */
import { method } from "./method.ts";
import { ALL } from "./tokens.ts";

/** A recipe with the rows of the paper that it reproduces. */
export interface ListedRecipe {
  /** For instance `cifar10-lt/ce+nbn+lr`. */
  readonly name: string;
  /** Description of its method. */
  readonly about: string;
  /** Tables and rows of the paper, for instance `Table I, Cross Entropy + Ours`; `–` if there are none. */
  readonly row: string;
  /** Publications of its method. */
  readonly source: string;
}

/** Rows of one data set in one table of the paper: names of the rows by method. */
interface Rows {
  readonly dataSet: string;
  readonly place: string;
  readonly methods: Readonly<Record<string, string>>;
}

const SMALL = {
  ce: "Cross Entropy",
  focal: "Focal Loss",
  ldam: "LDAM Loss",
  lws: "decoupling LWS",
  "balanced-softmax": "Balanced Softmax",
  "ce+nbn+lr": "Cross Entropy + Ours",
  "balanced-softmax+nbn+lr": "Balanced Softmax + Ours",
  ride3: "RIDE",
  "ride3+nbn+lr": "RIDE + Ours",
};

const IMAGENET = {
  ce: "Cross Entropy",
  crt: "decoupling cRT",
  lws: "decoupling LWS",
  "balanced-softmax": "Balanced Softmax",
  mislas: "MiSLAS",
  ala: "ALA",
  xerm: "xERM",
  tsc: "TSC",
  paco: "PaCo",
  ace: "ACE",
  ride4: "RIDE",
  bcl: "BCL",
  "abc-norm": "ABC-Norm",
  "iif-head": "IIF",
  logn: "LogN",
  "ce+nbn+lr": "Cross Entropy + Ours",
  "balanced-softmax+nbn+lr": "Balanced Softmax + Ours",
  "ride4+nbn+lr": "RIDE + Ours",
  "bcl+nbn+lr": "BCL + Ours",
};

const INATURALIST = {
  ce: "Cross Entropy",
  crt: "decoupling cRT",
  "balanced-softmax": "Balanced Softmax",
  disalign: "DisAlign",
  mislas: "MiSLAS",
  "balanced-softmax+cmo": "Balanced Softmax + CMO",
  "ltr-wd": "LTR-WD",
  "gcl+gcl-head": "GCL",
  bcl: "BCL",
  ride3: "RIDE",
  tsc: "TSC",
  "abc-norm": "ABC-Norm",
  dtrg: "DTRG",
  "ce+nbn+lr": "Cross Entropy + Ours",
  "balanced-softmax+nbn+lr": "Balanced Softmax + Ours",
  "bcl+nbn+lr": "BCL + Ours",
  "ride3+nbn+lr": "RIDE + Ours",
};

const TWO_STAGES = {
  ce: "Stage 1, Baseline",
  "ce+nbn": "Stage 1, NBN",
  crt: "Stage 2, Baseline",
  "crt+nbn": "Stage 2, NBN",
  "crt-magnitude+nbn": "Stage 2, NBN*",
};

const LOGITS = {
  ce: "Cross Entropy",
  "balanced-softmax": "Balanced Softmax",
  logn: "LogN",
  "balanced-softmax+logn": "Balanced Softmax + LogN",
  "balanced-softmax+nbn+logn": "Balanced Softmax + NBN + LogN",
  "balanced-softmax+nbn+lr": "Balanced Softmax + NBN + LR",
};

const STEPS = {
  ce: "Cross Entropy, Baseline",
  "ce+nbn": "Cross Entropy + NBN",
  "ce+nbn+lr": "Cross Entropy + NBN + LR",
  "balanced-softmax": "Balanced Softmax, Baseline",
  "balanced-softmax+nbn": "Balanced Softmax + NBN",
  "balanced-softmax+nbn+lr": "Balanced Softmax + NBN + LR",
};

const VARIANCES = {
  ce: "cross entropy",
  "ce+variance-0.01": "Variance regularization (its λ is not told)",
  "ce+variance-0.1": "Variance regularization (its λ is not told)",
  "ce+variance-1": "Variance regularization (its λ is not told)",
  "ce+nbn": "Ours",
};

const POSITIONS = {
  ce: "Baseline",
  "ce+nbn-a": "Type A",
  "ce+nbn-b": "Type B",
  "ce+nbn-c": "Type C",
  "ce+nbn": "Ours",
};

const SHARING = {
  ce: "cross entropy",
  "ce+nbn-not-sharing": "not sharing",
  "ce+nbn-partially-sharing": "partially sharing",
  "ce+nbn": "sharing all (Ours)",
};

const MAGNITUDE = {
  ce: "Cross Entropy",
  "ce+nbn": "Ours",
  "ce+nbn-fix": "Fix",
  "ce+nbn-without-normalization": "Ours w/o. normalization",
};

const WEIGHT_NORM = { ce: "Cross Entropy", "ce+nbn": "NBN", "ce+wn": "WN" };

const FEATURE_NORM = {
  ce: "ResNet-50",
  "ce+feature-norm-c": "ResNet-50 + feature norm on channel [C]",
  "ce+feature-norm-chw": "ResNet-50 + feature norm on channel [C,H,W]",
  "ce+nbn": "ResNet-50 + Ours",
};

const OTHER_NORMS = {
  ce: "ResNet-50",
  "ce+replace-ln": "ResNet-50 (replace BN with LN)",
  "ce+replace-in": "ResNet-50 (replace BN with IN)",
  "ce+add-ln": "ResNet-50+LN",
  "ce+add-in": "ResNet-50+IN",
  "ce+nbn": "ResNet-50 + Ours",
};

const BALANCED = { ce: "Cross Entropy", "ce+nbn": "Ours" };

/** Rows whose methods are implemented, table by table. */
const PAPER: readonly Rows[] = [
  { dataSet: "cifar10-lt", place: "Table I", methods: SMALL },
  { dataSet: "cifar100-lt", place: "Table I", methods: SMALL },
  { dataSet: "imagenet-lt", place: "Table II", methods: IMAGENET },
  { dataSet: "inaturalist2018", place: "Table III", methods: INATURALIST },
  { dataSet: "imagenet-lt", place: "Table IV", methods: VARIANCES },
  { dataSet: "cifar10-lt", place: "Table VI", methods: POSITIONS },
  { dataSet: "imagenet-lt", place: "Table VI", methods: POSITIONS },
  { dataSet: "imagenet-lt", place: "Table VII", methods: SHARING },
  { dataSet: "imagenet-lt", place: "Table IX", methods: MAGNITUDE },
  { dataSet: "cifar10-lt", place: "Table X", methods: WEIGHT_NORM },
  { dataSet: "imagenet-lt", place: "Table X", methods: WEIGHT_NORM },
  { dataSet: "imagenet-lt", place: "Table XII", methods: FEATURE_NORM },
  { dataSet: "imagenet-lt", place: "Table XIII", methods: OTHER_NORMS },
  { dataSet: "imagenet-lt", place: "Table VIII", methods: TWO_STAGES },
  { dataSet: "inaturalist2018", place: "Table VIII", methods: TWO_STAGES },
  { dataSet: "cifar10", place: "Table XI", methods: BALANCED },
  { dataSet: "cifar100", place: "Table XI", methods: BALANCED },
  { dataSet: "imagenet", place: "Table XI", methods: BALANCED },
  { dataSet: "imagenet-lt", place: "Table XV", methods: STEPS },
  { dataSet: "imagenet-lt", place: "Table XVII", methods: LOGITS },
];

/** Methods that any data set can be trained with; together they cover every token. */
const METHODS: readonly string[] = [
  ...new Set([
    ...[SMALL, IMAGENET, INATURALIST, TWO_STAGES, LOGITS, STEPS].flatMap(Object.keys),
    ...[VARIANCES, POSITIONS, SHARING, MAGNITUDE, WEIGHT_NORM, FEATURE_NORM, OTHER_NORMS]
      .flatMap(Object.keys),
    ...["cb", "ldam-drw", "gcl", "logit-adjust", "eql", "seesaw", "iif", "iif-smooth"],
    ...["instance-balanced", "class-balanced", "square-root", "progressively-balanced"]
      .map((sampler) => `ce+${sampler}`),
    ...["effective-number", "reversed", "repeat-factor", "class-aware"].map((sampler) =>
      `ce+${sampler}`
    ),
    ...["mixup", "cutmix", "remix", "cmo"],
    ...["ce+drw", "ce+drs", "tau-norm", "ncm", "post-hoc-adjust"],
    ...[
      "ride2",
      "ride3+balanced-softmax",
      "ride3+routed",
      "ride3+xerm",
      "ride3+distilled",
      "ride3+nbn",
      "ride3+nbn-a",
    ],
    ...["ce+nbn-reference", "ce+nbn-untied"],
    ...["mislas+nbn", "lws+nbn", "disalign+nbn+lr", "logn+nbn", "balanced-softmax+cmo+nbn+lr"],
  ]),
];

/** Data sets for which every method is listed. */
const EVERYWHERE = ["builtin", "cifar10-lt", "cifar100-lt"];

/**
 * Lists recipes: those of the paper's rows, and every other method on the data sets of small images. Any other
 * combination of compatible tokens is a valid recipe too.
 *
 * @returns Each recipe once, with all of its rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ours = listRecipes().find(({ name }) => name === "cifar10-lt/ce+nbn+lr");
 * assertEquals(ours?.row, "Table I, Cross Entropy + Ours");
 * ```
 */
export function listRecipes(): readonly ListedRecipe[] {
  const rows = new Map<string, string[]>();
  for (const { dataSet, place, methods } of PAPER) {
    for (const [tokens, row] of Object.entries(methods)) {
      const name = `${dataSet}/${tokens}`;
      rows.set(name, [...rows.get(name) ?? [], `${place}, ${row}`]);
    }
  }
  for (const dataSet of EVERYWHERE) {
    for (const tokens of METHODS) {
      const name = `${dataSet}/${tokens}`;
      if (!rows.has(name)) rows.set(name, []);
    }
  }
  return [...rows].map(([name, found]) => {
    const tokens = name.slice(name.indexOf("/") + 1).split("+");
    return {
      name,
      about: method(tokens, name).about,
      row: found.join("; ") || "–",
      source: [...new Set(tokens.map((token) => ALL.get(token)!.token.source))].join("; "),
    };
  });
}
