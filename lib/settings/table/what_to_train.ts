/**
 * Settings of a training: which recipe, network and initial weights are trained.
 *
 * @module
 */
import { type NetworkName, NETWORKS } from "../../recipes/networks.ts";
import type { SettingRow } from "../setting.ts";

/** Settings under the heading "What to train". */
export const WHAT_TO_TRAIN = {
  recipe: {
    kind: "texts",
    placeholder: "NAME",
    description:
      "<data set>/<token>[+<token>…]; several recipes, separated by commas, are trained one " +
      "after another",
    default: "ce and ce+nbn+lr",
    changes: "everything",
  },
  network: {
    kind: "word",
    words: Object.keys(NETWORKS) as NetworkName[],
    placeholder: "NAME",
    description:
      "network architecture: resnet8 to resnet110 for small images; resnet18 to resnet152 " +
      "and resnext50-32x4d, which use random-resized crops",
    default: "the data set's",
    changes: "network",
  },
  width: {
    kind: "number",
    above: 0,
    description: "width multiplier of the networks for small images",
    default: "1; CIFAR-100: 4",
    changes: "network",
  },
  weights: {
    kind: "text",
    placeholder: "FILE",
    description: "pretrained weights: a safetensors file of torchvision, timm or a run, or a run " +
      "folder; a head for other classes is new; what is loaded and what is new is printed",
    default: "random",
    changes: "parameters before the first step",
  },
  freeze: {
    kind: "texts",
    placeholder: "PATHS",
    description:
      "parts that are frozen in all stages, separated by commas, for instance stem,stage1 " +
      "or stage*/block1: no gradient, no weight decay, and fixed running statistics of " +
      "their batch norms",
    default: "none",
    changes: "parameters that every stage trains",
  },
  seed: {
    kind: "integer",
    min: 0,
    description: "seed of parameters, sampling and augmentation",
    default: "0",
    changes: "everything random",
  },
} as const satisfies Readonly<Record<string, SettingRow>>;
