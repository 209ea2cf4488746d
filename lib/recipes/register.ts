/**
 * The register of tokens: a line for each, or for a few that share a file. Their kinds, `--list`, `--help` and
 * docs/methods.md follow. Tokens of samplers, and of losses that need neither a network nor a training of their own, follow
 * from their descriptions in `lib/samplers` and `lib/losses`; data sets are in `data_sets/register.ts`.
 *
 * @module
 */
export { drs } from "./deferrals/drs.ts";
export { drw } from "./deferrals/drw.ts";
export { ride2, ride3, ride4 } from "./experts/ride.ts";
export { cbn } from "./layers/cbn.ts";
export { lr } from "./layers/lr.ts";
export {
  nbnA,
  nbnB,
  nbnBnStart,
  nbnBnStartUntied,
  nbnC,
  nbnFix,
  nbnNotSharing,
  nbnPartiallySharing,
  nbnPlainBias,
  nbnReference,
  nbnToken,
  nbnUntied,
  nbnWithoutNormalization,
  nbnZeroBias,
} from "./layers/nbn.ts";
export {
  addIn,
  addLn,
  featureNormC,
  featureNormChw,
  replaceIn,
  replaceLn,
} from "./layers/other_norms.ts";
export { superdisco } from "./layers/superdisco.ts";
export { wn } from "./layers/wn.ts";
export { aceToken } from "./losses/ace.ts";
export { alaToken } from "./losses/ala.ts";
export { bclToken } from "./losses/bcl.ts";
export { gclToken } from "./losses/gcl.ts";
export { iif, iifSmooth } from "./losses/iif.ts";
export { ldamDrw, ldamToken } from "./losses/ldam.ts";
export { pacoToken } from "./losses/paco.ts";
export { tsc } from "./losses/tsc.ts";
export { cmo } from "./mixings/cmo.ts";
export { cutmix } from "./mixings/cutmix.ts";
export { mixup } from "./mixings/mixup.ts";
export { remix } from "./mixings/remix.ts";
export { logn } from "./post_hoc/logn.ts";
export { ncm } from "./post_hoc/ncm.ts";
export { postHocAdjust } from "./post_hoc/post_hoc_adjust.ts";
export { tauNormToken } from "./post_hoc/tau_norm.ts";
export { mbjToken } from "./regularizations/mbj.ts";
export { variance001, variance01, variance1 } from "./regularizations/variance.ts";
export { crt, crtMagnitude } from "./second_stages/crt.ts";
export { disalignToken } from "./second_stages/disalign.ts";
export { distilled } from "./second_stages/distilled.ts";
export { gclHead } from "./second_stages/gcl_head.ts";
export { iifHead } from "./second_stages/iif_head.ts";
export { ltrWd } from "./second_stages/ltr_wd.ts";
export { lws } from "./second_stages/lws.ts";
export { mislas } from "./second_stages/mislas.ts";
export { routed } from "./second_stages/routed.ts";
export { xermToken } from "./second_stages/xerm.ts";
