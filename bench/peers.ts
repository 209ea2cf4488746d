/**
 * Layouts and precisions in which PyTorch is measured.
 *
 * @module
 */
import type { Precision } from "../lib/engine/precision.ts";
import { type Contender, peer } from "./subject.ts";

/**
 * Creates the PyTorch contenders for a precision: both layouts in float32, channels last under autocast in bf16.
 *
 * @param script Name of the peer's script.
 * @param precision The precision.
 * @param options Further flags.
 * @param fresh Whether every turn starts a new process.
 * @returns The contenders.
 */
export function pytorch(
  script: string,
  precision: Precision,
  options: Contender["options"],
  fresh = false,
): Contender[] {
  const layouts = precision === "bf16" ? ["channels-last"] : ["default", "channels-last"];
  return layouts.map((layout) => {
    const words = [
      "PyTorch",
      layout.replace("-", " "),
      ...precision === "bf16" ? ["autocast"] : [],
      ..."workers" in options ? [`${options.workers} workers`] : [],
    ];
    return peer(script, { ...options, precision, layout }, { name: words.join(", "), fresh });
  });
}
