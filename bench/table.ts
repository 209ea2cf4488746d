/**
 * Benchmark results as text.
 *
 * @module
 */
import type { CaseResult, ContenderResult } from "./rounds.ts";

const NAME_WIDTH = 32, CELL_WIDTH = 11;

/**
 * Formats the heading of a subject.
 *
 * @param name Name and description of the subject.
 * @returns Two lines.
 */
export function tableHead(name: string): string {
  return `${name}\n${line("", ["ours", "best peer", "ratio", "target"], "")}`;
}

/**
 * Formats a quantity in a unit that suits its size.
 *
 * @param value Seconds or bytes.
 * @param unit Unit of the value.
 * @returns For instance `22.3 µs`, `1.50 s` or `405 MB`; `–` if it is not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([quantity(22.34e-6, "s"), quantity(0.4, "s"), quantity(12.3, "s")], ["22.3 µs", "400 ms", "12.3 s"]);
 * assertEquals(quantity(405_430_272, "B"), "405 MB");
 * assertEquals(quantity(NaN, "s"), "–");
 * ```
 */
export function quantity(value: number, unit: "s" | "B"): string {
  if (!Number.isFinite(value)) return "–";
  if (unit === "B") return `${figures(value / 1e6)} MB`;
  if (value < 1e-3) return `${figures(value * 1e6)} µs`;
  return value < 1 ? `${figures(value * 1e3)} ms` : `${figures(value)} s`;
}

/**
 * Formats the line of a case.
 *
 * @param result Result of the case.
 * @param from Result of the case that its cost is compared with, if any.
 * @returns Name, ours, best peer, ratio, target and remarks.
 */
export function tableLine(result: CaseResult, from?: CaseResult): string {
  const { ours, peers, best } = result;
  const { name, unit, target } = result.case;
  const remarks = [
    best && named(best),
    ...peers.filter((peer) => peer !== best).map((peer) =>
      peer.values.length > 0 ? `${peer.name}: ${quantity(peer.median, unit)}` : named(peer)
    ),
    ours.remark && `ours: ${ours.remark}`,
    from && (result.case.fractionOf ? fraction(result, from) : growth(result, from)),
  ].filter(Boolean);
  return line(
    name,
    [
      quantity(ours.median, unit),
      quantity(best?.median ?? NaN, unit),
      best ? best.ratio.toFixed(2) : "–",
      target === undefined ? "" : `≤ ${target.toFixed(2)}`,
    ],
    remarks.join("; "),
  );
}

/** Formats the cost of a case as a multiple of that of an earlier case. */
function growth({ ours, best }: CaseResult, from: CaseResult): string {
  const times = (now: ContenderResult, then: ContenderResult) =>
    (now.median / then.median).toFixed(1);
  const peers = best && from.best ? `, the peer's ${times(best, from.best)}` : "";
  return `ours ${times(ours, from.ours)} times that of ${from.case.name}${peers}`;
}

/** Formats the cost of a case as a percentage of `fractionOf.times` times that of an earlier case. */
function fraction({ case: { fractionOf }, ours }: CaseResult, from: CaseResult): string {
  const percent = 100 * ours.median / (fractionOf!.times * from.ours.median);
  return `ours ${percent.toFixed(2)} % of ${fractionOf!.times} × ${from.case.name}`;
}

function named({ name, remark }: ContenderResult): string {
  return remark ? `${name} (${remark})` : name;
}

/** Formats a number with up to two decimals, for three significant digits from 1 on. */
function figures(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

function line(name: string, cells: readonly string[], remark: string): string {
  const padded = cells.map((cell) => cell.padStart(CELL_WIDTH));
  return `  ${name.padEnd(NAME_WIDTH)}${padded.join("")}  ${remark}`.trimEnd();
}
