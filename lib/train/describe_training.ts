/**
 * The description of a training in `config.json`.
 *
 * @module
 */
import { GROUP_THRESHOLDS } from "../data/groups.ts";
import { inputOf } from "../runs/model_input.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import type { ResolvedPlan } from "./plan.ts";
import type { Config } from "../runs/run_folder.ts";
import { optionsToSettings } from "../settings/options_to_settings.ts";
import { spanOf } from "../loop/stages/span.ts";
import { describeStage } from "../loop/stages/stage.ts";
import { versions } from "../runs/versions.ts";

/**
 * Describes what determines the result of a training, and the engine that it runs on.
 *
 * @param plan Resolved configuration of the training.
 * @returns Description of the training, versions and engine.
 */
export function describe(plan: ResolvedPlan): Config {
  const { recipe, network, seed, iterations, batch, stages, engine } = plan;
  return {
    training: {
      recipe,
      network: network.name,
      seed,
      iterations,
      batch,
      precision: plan.precision,
      backend: engine.backend,
      ...(plan.registered ? { registered: plan.registered } : {}),
      // Default values are omitted, so that runs of earlier versions can be resumed.
      ...(plan.weights === undefined ? {} : { weights: plan.weights }),
      ...(plan.accumulate === 1 ? {} : { accumulate: plan.accumulate }),
      ...(plan.clipNorm === undefined ? {} : { clipNorm: plan.clipNorm }),
      ...(plan.smoothing === 0 ? {} : { labelSmoothing: plan.smoothing }),
      ...(plan.syncBatchNorm ? { syncBatchNorm: true } : {}),
      ...(plan.earlyStop === undefined ? {} : { earlyStop: plan.earlyStop }),
      ...(plan.validation ? { validation: plan.validation.name } : {}),
      ...(`${plan.groups}` === `${GROUP_THRESHOLDS}` ? {} : { groups: plan.groups }),
      stages: stages.map(describeStage),
      data: { ...plan.provenance, content: plan.content },
      counts: plan.counts,
    },
    versions: versions(engine),
    engine: { backend: engine.backend, device: engine.device, reason: engine.reason },
    classNames: plan.data.train.classNames,
    input: inputOf(plan.data.train),
  };
}

/**
 * Returns the settings of a training, so that it can be repeated. They include the number of steps even if it is the
 * recipe's default.
 *
 * @param options Options of the training.
 * @param plan Resolved configuration of the training.
 * @returns Settings, and the names of options that cannot be expressed as settings.
 */
export function requestedSettings(
  options: TrainOptions,
  plan: ResolvedPlan,
): Pick<Config, "settings" | "pieces"> {
  const { settings, pieces } = optionsToSettings(options);
  const { epochs, iterations } = settings;
  const isGiven = options.stages !== undefined || (epochs ?? iterations) !== undefined;
  return {
    settings: isGiven ? settings : { ...settings, iterations: spanOf(plan.stages, 0).iterations },
    ...(pieces.length > 0 ? { pieces } : {}),
  };
}
