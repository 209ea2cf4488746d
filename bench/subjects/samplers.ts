/**
 * Benchmark of samplers.
 *
 * @module
 */
import * as samplers from "../../lib/samplers/mod.ts";
import { type Case, type Contender, peer, type Subject, work } from "../subject.ts";

const ITEMS: readonly (readonly [items: number, words: string])[] = [
  [1e6, "10⁶"],
  [1e7, "10⁷"],
  [1e8, "10⁸"],
];
/** More rounds would take minutes. */
const MAX_ROUNDS_AT_LARGEST = 3;
/** Samplers that are compared with a peer at all sizes. */
const COMPARED = ["classBalancedSampler", "instanceBalancedSampler"];
/** All others, most without an equivalent peer, measured at the smallest size. */
const OTHERS = Object.keys(samplers)
  .filter((name) => name.endsWith("Sampler") && !COMPARED.includes(name));

const weighted = (items: number) =>
  peer("sampler", { sampler: "weighted", items }, { name: "WeightedRandomSampler" });
const random = (items: number) =>
  peer("sampler", { sampler: "random", items }, { name: "RandomSampler" });

function sizes(sampler: string, of: (items: number) => Contender, target?: number): Case[] {
  return ITEMS.map(([items, words]) => ({
    name: `${sampler}, ${words}`,
    unit: "s",
    ours: work("sampler", { sampler, items }),
    peers: [of(items)],
    target: items === 1e7 ? target : undefined,
    mostRounds: items > 1e7 ? MAX_ROUNDS_AT_LARGEST : undefined,
  }));
}

/** Class-balanced and instance-balanced sampling, compared with PyTorch's samplers, then the others. */
export const samplersSubject: Subject = {
  name: "samplers",
  about: "creating a sampler from labels and drawing an epoch: 10⁶ to 10⁸ images of 1,000 classes",
  cases: () => [
    ...sizes("classBalancedSampler", weighted, 0.2),
    ...sizes("instanceBalancedSampler", random),
    ...OTHERS.map((sampler): Case => ({
      name: `${sampler}, 10⁶`,
      unit: "s",
      ours: work("sampler", { sampler, items: 1e6 }),
      peers: sampler === "squareRootSampler" ? [weighted(1e6)] : [],
    })),
  ],
};
