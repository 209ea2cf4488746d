/**
 * Settings of a training: how a training is computed.
 *
 * @module
 */
import { PRECISIONS } from "../../engine/precision.ts";
import type { SettingRow } from "../setting.ts";

/** Settings under the heading "Computing". */
export const COMPUTING = {
  precision: {
    kind: "word",
    words: PRECISIONS,
    placeholder: "NAME",
    description: "float32, or bf16 where the processor is faster with it (float32 elsewhere)",
    default: "float32",
    changes: "step of every stage",
  },
  forcePrecision: {
    kind: "switch",
    description: "use bf16 even where it is slower",
    default: "off",
    changes: "step of every stage",
    incidental: true,
  },
  workers: {
    kind: "integer",
    min: 0,
    description: "worker threads that prepare batches",
    default: "by the number of processors",
    changes: "nothing that is trained",
    incidental: true,
  },
  syncBn: {
    kind: "switch",
    description: "batch norm and LR by statistics over all processes, not of each one's images",
    default: "off",
    changes: "norm layers of every stage, with several processes",
  },
  peerTimeout: {
    kind: "number",
    above: 0,
    placeholder: "S",
    description: "seconds after which a process that does not answer has failed",
    default: "60",
    changes: "nothing that is trained",
    incidental: true,
  },
} as const satisfies Readonly<Record<string, SettingRow>>;
