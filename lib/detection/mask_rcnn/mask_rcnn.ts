/**
 * Mask R-CNN.
 *
 * @module
 */
import { rng } from "../../core/rng.ts";
import { expectRank } from "../../core/tensor_rank.ts";
import type { Params } from "../../core/tree.ts";
import { tf } from "../../deps/tfjs.ts";
import { chunkedSum, detached } from "../../engine/ops/mod.ts";
import { branch } from "../../nn/compose.ts";
import { anchorsOf } from "../boxes/anchors.ts";
import { levelsOf, roiAlign } from "../boxes/roi_align.ts";
import { BOX_SAMPLE, RPN_SAMPLE } from "../boxes/sample.ts";
import { boxHead } from "../network/box_head.ts";
import { fpn } from "../network/fpn.ts";
import { maskHead } from "../network/mask_head.ts";
import { rpnHead } from "../network/rpn_head.ts";
import { type ImageBatch, imageOf, objectsOf, sizeOf } from "./batch.ts";
import type { Detector, MaskRcnnOptions } from "./detector.ts";
import { detect, imageIndices } from "./detect.ts";
import { maskTargets } from "./mask_targets.ts";
import {
  type ProposalOptions,
  type Proposals,
  selectProposals,
  TEST_PROPOSALS,
  TRAINING_PROPOSALS,
} from "./proposals.ts";
import {
  boxLosses,
  joinRegions,
  maskLosses,
  objectRegions,
  sampleRegions,
} from "./region_losses.ts";
import { rpnLoss } from "./rpn_loss.ts";

/** Bins of a region in the box head and the mask head. */
const BOX_SIZE = 7, MASK_SIZE = 14;
/**
 * Regions of objects whose masks are computed at once while training. Most images have fewer than are sampled at most.
 */
const MASK_CHUNK = 16;
const STRIDES = [4, 8, 16, 32, 64];

/**
 * Creates Mask R-CNN with a feature pyramid.
 *
 * Source: He et al. 2017, Mask R-CNN; Lin et al. 2017, Feature Pyramid Networks. Defaults as in mmdetection's
 * configuration of LVIS v1, but with two samples for each bin of a region.
 *
 * @param options Backbone, loss, sizes.
 * @returns The detector.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { maskRcnn, regionCrossEntropy } from "@nbn/toolkit/detection";
 * import { resnetTrunk } from "@nbn/toolkit/nn";
 *
 * const backbone = resnetTrunk({ depth: 18, width: 0.05 });
 * const detector = maskRcnn({ backbone, loss: regionCrossEntropy(3), channels: 8, hidden: 8 });
 * const { params } = detector.init(0);
 * assertEquals(Object.keys(params), ["backbone", "fpn", "rpn", "box", "mask"]);
 * assertEquals(detector.isFrozen("backbone/stage1/block1/conv1/weight"), true);
 * ```
 */
export function maskRcnn(options: MaskRcnnOptions): Detector {
  const { backbone, loss, normalized, frozenStages = 1, fixedStatistics = true } = options;
  const { channels = 256, hidden = 1024, align = {}, anchors = {} } = options;
  const ratios = anchors.ratios?.length ?? 3, { classes } = loss;
  const pyramid = fpn(channels), rpn = rpnHead({ channels, anchors: ratios });
  const box = boxHead({
    ...{ classes, logits: loss.logits, bias: loss.bias, normalized, channels, hidden },
    size: BOX_SIZE,
  });
  const mask = maskHead({ classes, channels });

  /** Maps of the pyramid, and the new running statistics. */
  const features = (params: Params, state: Params, images: tf.Tensor4D, training: boolean) => {
    const stages: tf.Tensor4D[] = [];
    const { state: next } = backbone.apply(
      branch(params, "backbone"),
      branch(state, "backbone"),
      images,
      {
        training: training && !fixedStatistics,
        tap(name, feature) {
          const stage = Number(/^stage(\d+)\//.exec(name)?.[1] ?? 0);
          const y = training && stage <= frozenStages ? detached(feature) : feature;
          if (stage > 0) stages[stage - 1] = expectRank(y, 4, name);
          return y;
        },
      },
    );
    return { maps: pyramid.apply(branch(params, "fpn"), stages), statistics: next };
  };

  /** Predictions of the region proposal network, for each map. */
  const predict = (params: Params, maps: readonly tf.Tensor4D[]) =>
    maps.map((map, i) => {
      const [, height, width] = map.shape;
      return {
        ...rpn.apply(branch(params, "rpn"), map),
        anchors: anchorsOf({ height, width, stride: STRIDES[i] }, anchors),
      };
    });

  const proposalsOf = (
    levels: ReturnType<typeof predict>,
    batch: ImageBatch,
    numbers: ProposalOptions,
  ): Proposals[] =>
    Array.from({ length: batch.images.shape[0] }, (_, image) =>
      selectProposals(
        levels.map(({ logits, code, anchors }) => ({
          logits: imageOf(logits, image),
          code: imageOf(code, image),
          anchors,
        })),
        sizeOf(batch, image),
        numbers,
      ));

  /** Features of regions, resampled. */
  const regions = (
    maps: readonly tf.Tensor4D[],
    boxes: tf.Tensor2D,
    image: tf.Tensor1D,
    size: number,
  ) => {
    // The coarsest map serves the region proposal network only.
    const read = maps.slice(0, -1), level = levelsOf(boxes, read.length);
    const strides = STRIDES.slice(0, read.length);
    return roiAlign({ maps: read, strides }, { boxes, image, level }, { ...align, size });
  };

  return {
    name: `mask-rcnn-${backbone.name}`,
    loss,
    init(seed) {
      const random = rng(seed), stages: number[] = [];
      // The number of channels of each stage is known once the backbone is applied.
      const trunk = backbone.init(seed, [64, 64, 3]);
      tf.tidy(() => {
        backbone.apply(trunk.params, trunk.state, tf.zeros([1, 64, 64, 3]), {
          training: false,
          tap(name, feature) {
            const stage = Number(/^stage(\d+)\//.exec(name)?.[1] ?? 0);
            if (stage > 0) stages[stage - 1] = feature.shape[3]!;
            return feature;
          },
        });
      });
      return {
        params: {
          backbone: trunk.params,
          fpn: pyramid.init(random.fork("fpn"), stages),
          rpn: rpn.init(random.fork("rpn")),
          box: box.init(random.fork("box")),
          mask: mask.init(random.fork("mask")),
        },
        state: { backbone: trunk.state, loss: loss.init() },
      };
    },
    isFrozen(path) {
      const stage = /^backbone\/(stem|stage(\d+))\//.exec(path);
      return stage !== null && Number(stage[2] ?? 0) <= frozenStages;
    },
    losses(params, state, batch, seed) {
      const { maps, statistics } = features(params, state, batch.images, true);
      const levels = predict(params, maps);
      const images = Array.from({ length: batch.images.shape[0] }, (_, image) => ({
        objects: objectsOf(batch, image),
        seed: (part: number) => seed.add<tf.Tensor1D>(tf.tensor1d([2 * image + part, 0], "int32")),
      }));
      const anchors = tf.concat(levels.map(({ anchors }) => anchors));
      const logits = tf.concat(levels.map(({ logits }) => logits), 1);
      const code = tf.concat(levels.map(({ code }) => code), 1);
      const proposing = rpnLoss(
        images.map(({ objects, seed }, image) => ({
          logits: imageOf(logits, image),
          code: imageOf(code, image),
          objects,
          seed: seed(0),
        })),
        anchors,
        options.rpnSample ?? RPN_SAMPLE,
      );
      const { trainingProposals = TRAINING_PROPOSALS, boxSample = BOX_SAMPLE } = options;
      const sampled = proposalsOf(levels, batch, trainingProposals).map((proposals, image) => {
        const { objects, seed } = images[image];
        return sampleRegions(proposals, objects, seed(1), { ...boxSample, classes });
      });
      const all = joinRegions(sampled);
      const own = imageIndices(sampled.map(({ boxes }) => boxes.shape[0]));
      const output = box.apply(branch(params, "box"), regions(maps, all.boxes, own, BOX_SIZE));
      const found = boxLosses({ loss, state: branch(state, "loss") }, output, all);
      const masked = objectRegions(all, own, sampled.length * boxSample.positive);
      const masks = chunkedSum(
        { maps, params: branch(params, "mask") },
        {
          rows: masked,
          shared: batch.masks,
          count: expectRank(masked.positive.sum().toInt(), 0, "number of objects' regions"),
          chunk: MASK_CHUNK,
        },
        ({ maps, params }, { boxes, object, labels, positive, image }, masks) => {
          const features = regions(maps, boxes, image, MASK_SIZE);
          const known = labels.minimum<tf.Tensor1D>(classes - 1).toInt();
          const logits = mask.apply(params, features, known);
          const targets = maskTargets(masks, { boxes, image, object }, 2 * MASK_SIZE);
          return maskLosses(logits, targets, positive);
        },
      );
      return {
        losses: {
          objectness: proposing.objectness,
          anchors: proposing.boxes,
          classes: found.classes,
          boxes: found.boxes,
          masks: masks.div(masked.positive.sum().maximum(1)),
        },
        state: { ...state, backbone: statistics, loss: found.state },
      };
    },
    detect(params, state, batch, settings = {}) {
      const { maps } = features(params, state, batch.images, false);
      const { testProposals = TEST_PROPOSALS } = options;
      return detect(
        {
          proposals: proposalsOf(predict(params, maps), batch, testProposals),
          boxes: (boxes, image) =>
            box.apply(branch(params, "box"), regions(maps, boxes, image, BOX_SIZE)),
          masks: (boxes, image, labels) =>
            mask.apply(branch(params, "mask"), regions(maps, boxes, image, MASK_SIZE), labels),
          scores: (logits) => loss.scores(logits),
          classes,
        },
        batch,
        settings,
      );
    },
  };
}
