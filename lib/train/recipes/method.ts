/**
 * Composing the tokens of a recipe's method.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import type { Loss } from "../../losses/mod.ts";
import { append } from "../../nn/append.ts";
import type { ExpertsOptions } from "../../nn/experts.ts";
import type { Module, Norm } from "../../nn/module.ts";
import type { Network } from "../../nn/network.ts";
import { sequential } from "../../nn/sequential.ts";
import { sharedMix, singleMix } from "../mixing.ts";
import { sgd } from "../optimizer.ts";
import { warmupCosine } from "../schedule.ts";
import type { Stage } from "../stages/stage.ts";
import { DEFERRALS, deferred } from "./deferrals.ts";
import { EXPERTS } from "./experts.ts";
import { LAYERS } from "./layers.ts";
import type { Length } from "./lengths.ts";
import { LOSSES } from "./losses.ts";
import { MIXINGS } from "./mixing.ts";
import { POST_HOC } from "./post_hoc.ts";
import type { StageSetting } from "./recipe.ts";
import { SAMPLERS } from "./samplers.ts";
import { SECOND_STAGES } from "./second_stages.ts";
import type { Token, Tokens } from "./token.ts";
import { ALL, KINDS, TOKENS } from "./tokens.ts";

/** What a network is made with. */
export interface NetworkPieces {
  /** Its classifier. */
  readonly head: "linear" | "cosine" | Module;
  /** Its norm layers, where they are not plain batch norm. */
  readonly norm?: Norm;
  /** What is applied to its logits. */
  readonly logits?: Module;
  /** Experts, where it has several. */
  readonly experts?: ExpertsOptions;
}

/** A method: what its tokens make together. */
export interface Method {
  /** What each token does, in words. */
  readonly about: string;
  /**
   * Makes the network.
   *
   * @param plain Makes it of its pieces, without what stands behind it.
   * @param counts Training images of each class.
   */
  network(plain: (pieces: NetworkPieces) => Network, counts: readonly number[]): Network;
  /** Steps of the first stage and batch, where they are not those of the data set. */
  length(dataSet: string): Length | undefined;
  /** Makes the stages. */
  stages(setting: StageSetting): readonly Stage[];
}

/**
 * Reads the tokens of a method.
 *
 * @param words For instance `["ce", "nbn", "lr"]`: one loss, and any of the others.
 * @param recipe The whole recipe, for messages.
 * @returns The method.
 * @throws {UsageError} If a token is unknown or comes twice, there is not one loss, there are too many of another
 * kind, or tokens do not go together.
 */
export function method(words: readonly string[], recipe: string): Method {
  const tokens = complete(words, recipe);
  const find = <Kind>(table: Readonly<Record<string, Kind>>) =>
    tokens.filter((token) => Object.hasOwn(table, token)).map((token) => table[token]);
  const [loss] = find(LOSSES);
  const [sampler = SAMPLERS["instance-balanced"]] = find(SAMPLERS);
  const [mixing] = find(MIXINGS);
  const [deferral] = find(DEFERRALS);
  const [second] = find(SECOND_STAGES);
  const [postHoc] = find(POST_HOC);
  const [experts] = find(EXPERTS);
  const layers = find(LAYERS);
  expectTogether(tokens, recipe);

  const firstStage = (setting: StageSetting): Stage => {
    const { iterations, batch, counts, augment, peak } = setting;
    const made = experts ? experts.loss(loss, setting) : loss.loss(counts);
    return {
      name: "training",
      iterations,
      loss: made,
      sampler: sampler.sampler(iterations * batch),
      augment,
      schedule: warmupCosine({ iterations, start: peak / 2, peak }),
      optimizer: sgd({ weightDecay: 5e-4 }),
      ...(mixing
        ? {
          mixing: {
            ...mixing.mixing(setting.dataSet),
            loss: mixing.single ? singleMix(loss.soft!(counts)) : sharedMix(made as Loss),
          },
        }
        : {}),
      ...loss.first?.(setting),
      ...experts?.first(setting),
      ...second?.first?.(setting),
      ...(second?.adds ? { freezes: second.adds } : {}),
    };
  };

  const make = loss.backbone ?? ((plain, pieces) => plain(pieces));

  return {
    about: tokens.map((token) => ALL.get(token)!.token.about).join("; "),
    network(plain, counts) {
      const norm = layers.find(({ norm }) => norm)?.norm?.();
      const logits = layers.find(({ logits }) => logits)?.logits?.();
      const similarity = loss.similarity?.() ?? {};
      const isBehind = Object.keys(similarity).length > 0;
      const parts: Record<string, Module> = {
        ...similarity,
        // LR rectifies logits, so it stands behind what makes them.
        ...(isBehind && logits ? { lr: logits } : {}),
        ...loss.adjustment?.(counts),
      };
      const head = loss.head?.(counts.length) ?? "linear";
      const own = experts
        // What stands behind the classifier stands behind that of each expert.
        ? experts.network(plain, { head, norm, logits: inside(parts, logits) })
        : make(plain, { head, norm, logits: isBehind ? undefined : logits }, counts);
      const whole = Object.keys(parts).length > 0 && !experts ? append(own, parts) : own;
      const complete = loss.extend?.(whole) ?? whole;
      const extended = second?.extend?.(complete, loss) ?? complete;
      return postHoc?.extend?.(extended, counts) ?? extended;
    },
    length: (dataSet) => (experts ?? loss).length?.(dataSet),
    stages(setting) {
      const first = firstStage(setting);
      const main = deferral
        ? deferred(first, deferral.change(first, loss, setting.counts))
        : [first];
      const later = second ? [second.second(setting, first)] : [];
      const measured = postHoc?.measure ? [postHoc.measure()] : [];
      return [...main, ...later, ...measured].map((stage) => refitted(stage, first));
    },
  };
}

/** What stands behind a classifier, as one. */
function inside(parts: Readonly<Record<string, Module>>, logits?: Module): Module | undefined {
  const all = Object.keys(parts).length === 0 || !logits || parts.lr
    ? parts
    : { lr: logits, ...parts };
  return Object.keys(all).length > 0 ? sequential(all) : logits;
}

/** A stage that mixes images as the first does, but has another loss: it mixes that. */
function refitted(stage: Stage, { loss, mixing }: Stage): Stage {
  const isOther = stage.mixing !== undefined && stage.mixing === mixing && stage.loss !== loss;
  return isOther
    ? { ...stage, mixing: { ...mixing!, loss: sharedMix(stage.loss as Loss) } }
    : stage;
}

/** The tokens, those that others bring along among them: known ones, each once, of each kind not too many. */
function complete(words: readonly string[], recipe: string): readonly string[] {
  const few = words.find((token) => /^ride[01]?$/.test(token));
  if (few) {
    throw new UsageError(
      `Expected recipe ${recipe} to have at least 2 experts (ride2, ride3, ride4) but found ${few}: ` +
        "a single one has nothing to differ from, so train ldam-drw",
    );
  }
  const unknown = words.find((token) => !ALL.has(token));
  if (unknown !== undefined) {
    throw new UsageError(
      `Expected recipe ${recipe} to be made of ${TOKENS.join(", ")} but found "${unknown}"`,
    );
  }
  const twice = words.find((token, place) => words.indexOf(token) < place);
  if (twice) {
    throw new UsageError(`Expected each token of recipe ${recipe} once but found ${twice} twice`);
  }
  const tokens = [...words];
  for (const word of words) {
    const { brings = [] } = { ...EXPERTS, ...SECOND_STAGES, ...POST_HOC, ...MIXINGS }[word] ?? {};
    for (const brought of brings) {
      const { kind } = ALL.get(brought)!;
      if (!tokens.some((token) => ALL.get(token)!.kind === kind)) tokens.push(brought);
    }
  }
  for (const [kind, { tokens: table, most }] of Object.entries(KINDS)) {
    const found = tokens.filter((token) => Object.hasOwn(table, token));
    if (kind === "loss" && found.length !== 1) {
      throw new UsageError(
        `Expected recipe ${recipe} to have one loss of ${
          Object.keys(table).join(", ")
        } but found ` +
          (found.join(" and ") || "none"),
      );
    }
    if (found.length > most) {
      throw new UsageError(
        `Expected recipe ${recipe} to have one ${kind} but found ${found.join(" and ")}`,
      );
    }
  }
  // Losses first, layers last, as the kinds stand.
  return Object.values(KINDS).flatMap(({ tokens: table }) =>
    tokens.filter((token) => Object.hasOwn(table, token))
  );
}

/** Checks that tokens go together. */
function expectTogether(tokens: readonly string[], recipe: string): void {
  const refuse = (without: string, reason: string): never => {
    throw new UsageError(`Expected recipe ${recipe} without ${without}, for ${reason}`);
  };
  for (const name of tokens) {
    const { token } = ALL.get(name)!;
    for (const [other, reason] of Object.entries(token.refuses ?? {})) {
      if (tokens.includes(other)) refuse(`${other} beside ${name}`, reason);
    }
    for (const [other, reason] of Object.entries(token.requires ?? {})) {
      if (tokens.includes(other)) continue;
      throw new UsageError(
        `Expected recipe ${recipe} to have ${other} with ${name}, for ${reason}, but found none`,
      );
    }
  }
  const named = <Kind extends object>(table: Tokens<Kind & Token>) => {
    const name = tokens.find((token) => Object.hasOwn(table, token));
    return name === undefined ? undefined : { name, ...table[name] };
  };
  const loss = named(LOSSES)!, mixing = named(MIXINGS);
  const deferral = named(DEFERRALS), second = named(SECOND_STAGES), postHoc = named(POST_HOC);
  for (const later of [second, postHoc]) {
    if (later?.linear && loss.head) {
      refuse(later.name, `${later.linear}, and ${loss.name} has none`);
    }
  }
  if (second?.losses && !second.losses.includes(loss.name)) {
    refuse(loss.name, `${second.name} trains by losses of its own, the first ${second.losses}`);
  }
  const experts = named(EXPERTS);
  const many = experts ? "each expert has a classifier of its own" : loss.single;
  for (const later of [second, postHoc]) {
    if (many && later && (later.linear || later.name === "xerm")) {
      refuse(
        `${later.name} beside ${experts?.name ?? loss.name}`,
        `it is for one classifier, and ${many}`,
      );
    }
  }
  if (second?.experts && !experts) {
    throw new UsageError(
      `Expected recipe ${recipe} to have ${
        Object.keys(EXPERTS).join(", ")
      } with ${second.name}, for ${second.experts}, but found none`,
    );
  }
  if (experts) {
    const foreign = loss.loss([2, 1]).uses?.find((input) => input !== "seed");
    if (foreign) {
      refuse(`${loss.name} beside ${experts.name}`, `it looks at ${foreign}, not at logits alone`);
    }
    for (const other of [mixing, deferral?.name === "drw" ? deferral : undefined]) {
      if (other) refuse(`${other.name} beside ${experts.name}`, "its loss is that of all experts");
    }
  }
  const unfit = deferral?.refusesLoss?.(loss);
  if (unfit) refuse(`${deferral!.name} beside ${loss.name}`, unfit);
  if (!mixing) return;
  if (loss.unmixed) refuse(`${mixing.name} beside ${loss.name}`, loss.unmixed);
  if (mixing.single) {
    const reason = `${mixing.name} gives each image a target of its own`;
    if (!loss.soft) {
      refuse(`${mixing.name} beside ${loss.name}`, `${reason}, which it does not take`);
    }
    const other = deferral?.name === "drw"
      ? deferral
      : second?.name === "xerm"
      ? second
      : undefined;
    if (other) {
      refuse(`${mixing.name} beside ${other.name}`, `${reason}, which its loss does not take`);
    }
  }
}
