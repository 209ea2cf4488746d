/**
 * Mixes images of a batch and their labels: mixup, CutMix, Remix, CMO.
 *
 * ```ts
 * import { rng } from "@nbn/toolkit/core";
 * import { mixedTargets, mixup } from "@nbn/toolkit/data";
 *
 * const batch = { images: new Float32Array(2 * 32 * 32 * 3), labels: Int32Array.of(0, 7) };
 * const mixed = mixup(batch, rng(0).fork(12), { alpha: 1 });
 * mixedTargets(mixed, 10);
 * ```
 *
 * @module
 */
export { beta } from "./beta.ts";
export { cmo, cmoActive } from "./cmo.ts";
export { cutMix, type CutMixOptions } from "./cut_mix.ts";
export { type Mixable, type Mixed, mixedTargets } from "./mixed.ts";
export { mixup, type MixupOptions } from "./mixup.ts";
export { remix, type RemixOptions } from "./remix.ts";
