/**
 * Every loss of logits, features and experts, made for some counts.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import * as losses from "../../losses/mod.ts";
import type { AnyLoss, StatefulLoss } from "../../losses/mod.ts";

type Counts = readonly number[];

const MADE: Readonly<Record<string, (counts: Counts) => AnyLoss>> = {
  crossEntropy: () => losses.crossEntropy(),
  focal: () => losses.focal(),
  sigmoidFocal: () => losses.sigmoidFocal(),
  classBalancedLoss: (counts) => losses.classBalancedLoss(counts),
  ldam: (counts) => losses.ldam(counts, { deferAt: 0.8 }),
  balancedSoftmax: (counts) => losses.balancedSoftmax(counts),
  logitAdjusted: (counts) => losses.logitAdjusted(counts),
  eql: (counts) => losses.eql(counts),
  sigmoidEql: (counts) => losses.sigmoidEql(counts),
  seesaw: (counts) => losses.seesaw(counts.length),
  gcl: (counts) => losses.gcl(counts),
  iif: (counts) => losses.iif(counts),
  abcNorm: (counts) => losses.abcNorm(counts),
  dtrg: (counts) => losses.dtrg(counts),
  ala: (counts) => losses.ala(counts),
  tsc: () => losses.tsc(tf.scalar(0)),
  labelAwareSmoothing: (counts) => losses.labelAwareSmoothing(counts),
  softmaxBinary: () => losses.softmaxBinary(),
  rideLoss: (counts) => losses.rideLoss(counts),
};

/** The losses by their public names. */
export const LOSSES: Readonly<Record<string, (counts: Counts) => StatefulLoss>> = Object
  .fromEntries(
    Object.entries(MADE).map(([name, make]) => [
      name,
      (counts: Counts) => losses.stateful(make(counts)),
    ]),
  );
