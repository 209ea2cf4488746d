/**
 * Type of data sets and the settings that several of them share.
 *
 * @module
 */
import type { Augmentation } from "../../data/augment/mod.ts";
import type { NetworkName } from "../networks.ts";
import type { Loaded, LoadOptions } from "../recipe.ts";
import type { DataSetProperties } from "./properties.ts";

/** A data set and its training settings. */
export interface DataSet extends DataSetProperties {
  /** What `--data` must name; `undefined` if the data set needs no folder. */
  readonly folder?: string;
  /** Whether its images are separate files, which lists can name. */
  readonly files?: boolean;
  /**
   * Whether the list of recipes has every method with it, not only those of the paper's rows.
   *
   * @default {false}
   */
  readonly everyMethod?: boolean;
  /** Name of its network. */
  readonly network: NetworkName;
  /**
   * Multiplier of the network's channels.
   *
   * @default {1}
   */
  readonly width?: number;
  /** Number of training steps. */
  readonly iterations: number;
  /** Batch size. */
  readonly batch: number;
  /** Random augmentation of training images. */
  readonly augment: readonly Augmentation[];
  /**
   * Peak learning rate for a batch of 512, scaled linearly with the batch size.
   *
   * @default {0.1 for any batch size}
   */
  readonly rate?: number;
  /** Which source is followed where the paper's text and the code it builds on differ. */
  readonly follows?: string;
  /** Loads the data. */
  load(options: LoadOptions): Promise<Loaded>;
}
