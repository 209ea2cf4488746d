/**
 * All losses that take labels, created from class counts.
 *
 * @module
 */
import { tf } from "../lib/deps/tfjs.ts";
import * as losses from "../lib/losses/mod.ts";
import type { AnyLoss, StatefulLoss } from "../lib/losses/mod.ts";

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
  disalign: (counts) => losses.disalign(counts),
  xerm: (counts) => losses.withTeacher(losses.xerm(counts)),
  xermExperts: (counts) => losses.xermExperts(counts),
  ace: (counts) => losses.ace(counts),
  rideLoss: (counts) => losses.rideLoss(counts),
  rideDistillation: (counts) => losses.rideDistillation(counts),
  expertAssignment: () => losses.expertAssignment(),
  bcl: (counts) => losses.bcl(counts),
  paco: (counts) => losses.paco(counts, { alpha: 0.05, temperature: 0.2, queue: 8192 }),
};

/** Number of channels of the projections of contrastive losses, as with ResNet-50. */
export const PROJECTIONS: Readonly<Record<string, number>> = { bcl: 1024, paco: 128 };

/** Constructors of the losses from class counts, by their public names. */
export const LOSSES: Readonly<Record<string, (counts: Counts) => StatefulLoss>> = Object
  .fromEntries(
    Object.entries(MADE).map(([name, make]) => [
      name,
      (counts: Counts) => losses.stateful(make(counts)),
    ]),
  );
