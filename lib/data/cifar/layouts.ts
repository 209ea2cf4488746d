/**
 * The official layouts of CIFAR-10 and CIFAR-100.
 *
 * @module
 */

/** Name of a CIFAR data set. */
export type CifarName = "cifar10" | "cifar100";

/** File format of a distribution. */
export type CifarKind = "binary" | "python";

/** An archive of a data set. */
export interface Layout {
  /** Name of the archive. */
  readonly archive: string;
  /** MD5 of the archive, as published. */
  readonly md5: string;
  /** Folder within the archive. */
  readonly inner: string;
  /** Files of the training set, with the number of batches of images in each. */
  readonly train: readonly (readonly [file: string, batches: number])[];
  /** File of the test set. */
  readonly test: string;
  /** File with the names of the classes. */
  readonly names: string;
}

const FIVE = [1, 2, 3, 4, 5];

/** The official archives by data set and format. */
export const LAYOUTS: Readonly<Record<CifarName, Readonly<Record<CifarKind, Layout>>>> = {
  cifar10: {
    binary: {
      archive: "cifar-10-binary.tar.gz",
      md5: "c32a1d4ab5d03f1284b67883e8d87530",
      inner: "cifar-10-batches-bin",
      train: FIVE.map((batch) => [`data_batch_${batch}.bin`, 1]),
      test: "test_batch.bin",
      names: "batches.meta.txt",
    },
    python: {
      archive: "cifar-10-python.tar.gz",
      md5: "c58f30108f718f92721af3b95e74349a",
      inner: "cifar-10-batches-py",
      train: FIVE.map((batch) => [`data_batch_${batch}`, 1]),
      test: "test_batch",
      names: "batches.meta",
    },
  },
  cifar100: {
    binary: {
      archive: "cifar-100-binary.tar.gz",
      md5: "03b5dce01913d631647c71ecec9e9cb8",
      inner: "cifar-100-binary",
      train: [["train.bin", 5]],
      test: "test.bin",
      names: "fine_label_names.txt",
    },
    python: {
      archive: "cifar-100-python.tar.gz",
      md5: "eb9058c3a382ffc7106e4002c42a8d85",
      inner: "cifar-100-python",
      train: [["train", 5]],
      test: "test",
      names: "meta",
    },
  },
};

/** Number of classes. */
export const CLASSES: Readonly<Record<CifarName, number>> = { cifar10: 10, cifar100: 100 };
