/**
 * The tables of the paper.
 *
 * @module
 */

/** A table of the paper, on one data set. */
export interface PaperTable {
  /** Name of the data set. */
  readonly dataSet: string;
  /** For instance `Table I`. */
  readonly table: string;
  /** Rows of methods of several tokens; those of a single one are with the token. */
  readonly methods?: Readonly<Record<string, string>>;
}

const OURS = {
  "ce+nbn+lr": "Cross Entropy + Ours",
  "balanced-softmax+nbn+lr": "Balanced Softmax + Ours",
};

const LOGITS = {
  "balanced-softmax": "Balanced Softmax",
  "balanced-softmax+logn": "Balanced Softmax + LogN",
  "balanced-softmax+nbn+logn": "Balanced Softmax + NBN + LogN",
  "balanced-softmax+nbn+lr": "Balanced Softmax + NBN + LR",
};

const STEPS = {
  "ce+nbn+lr": "Cross Entropy + NBN + LR",
  "balanced-softmax": "Balanced Softmax, Baseline",
  "balanced-softmax+nbn": "Balanced Softmax + NBN",
  "balanced-softmax+nbn+lr": "Balanced Softmax + NBN + LR",
};

/** Every table whose methods are implemented, in the order of the list of recipes. */
export const PAPER_TABLES: readonly PaperTable[] = [
  ...["cifar10-lt", "cifar100-lt"].map((dataSet) => ({
    dataSet,
    table: "Table I",
    methods: { ...OURS, "ride3+nbn+lr": "RIDE + Ours" },
  })),
  {
    dataSet: "imagenet-lt",
    table: "Table II",
    methods: {
      ...OURS,
      "ride4+nbn+lr": "RIDE + Ours",
      "ride4+mbj": "RIDE + MBJ",
      "mislas+cbn": "CBN",
      "bcl+nbn+lr": "BCL + Ours",
    },
  },
  {
    dataSet: "inaturalist2018",
    table: "Table III",
    methods: {
      ...OURS,
      "balanced-softmax+cmo": "Balanced Softmax + CMO",
      "mislas+cbn": "CBN",
      "bcl+nbn+lr": "BCL + Ours",
      "ride3+nbn+lr": "RIDE + Ours",
    },
  },
  { dataSet: "imagenet-lt", table: "Table IV" },
  { dataSet: "cifar10-lt", table: "Table VI" },
  { dataSet: "imagenet-lt", table: "Table VI" },
  { dataSet: "imagenet-lt", table: "Table VII" },
  { dataSet: "imagenet-lt", table: "Table IX" },
  { dataSet: "cifar10-lt", table: "Table X" },
  { dataSet: "imagenet-lt", table: "Table X" },
  { dataSet: "imagenet-lt", table: "Table XII" },
  { dataSet: "imagenet-lt", table: "Table XIII" },
  ...["imagenet-lt", "inaturalist2018"].map((dataSet) => ({
    dataSet,
    table: "Table VIII",
    methods: { "crt+nbn": "Stage 2, NBN" },
  })),
  { dataSet: "cifar10", table: "Table XI" },
  { dataSet: "cifar100", table: "Table XI" },
  { dataSet: "imagenet", table: "Table XI" },
  { dataSet: "imagenet-lt", table: "Table XV", methods: STEPS },
  { dataSet: "imagenet-lt", table: "Table XVII", methods: LOGITS },
];
