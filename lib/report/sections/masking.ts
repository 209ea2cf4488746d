/**
 * Report section on masked channels.
 *
 * @module
 */
import { plots } from "../../plots/mod.ts";
import { figurePair, muted } from "../html.ts";
import { eachGroup, type ReportSection } from "./section.ts";

/** Accuracy with channels masked (Table V). */
export const masking: ReportSection = {
  id: "masking",
  title: "Channel masking (Table V)",
  elements: ({ groups }) =>
    eachGroup(
      groups,
      "Each channel is masked alone. Those without which only rare classes lose are rare-specific, those " +
        "without which only frequent ones lose frequent-specific, and common where both do. Then each " +
        "group is masked as a whole. Channels were chosen by the images on which the groups are judged.",
      async ({ analysis, precision }) => {
        const { masking, record } = analysis ?? {};
        if (!masking) return record?.missing.masking;
        const { drops, groups: channels, rows } = masking;
        const { note } = drops.classes;
        const { severe, negligible } = record!.thresholds;
        return [
          await figurePair((width) => plots.channelDrops(drops, channels, { width })),
          await figurePair((width) => plots.masking(rows, { width, note })),
          muted(
            `At ${drops.tap}; severe from ${severe}, negligible up to ${negligible} points.` +
              (precision === "bf16"
                ? " Computed in float32; training evaluated in bf16, so accuracies differ by tenths."
                : ""),
          ),
        ];
      },
    ),
};
