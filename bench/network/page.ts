/**
 * The part of docs/many-machines.md on links of 1 Gbit/s.
 *
 * @module
 */
import { code, markdownTable } from "../../tools/markdown.ts";
import { writePage } from "../../tools/write_page.ts";
import { ringOfTwo, ringSeconds } from "./model.ts";
import { NETWORK_RECORD, type NetworkRow } from "./record.ts";

/** Path of the page. */
export const PAGE = "docs/many-machines.md";
const FILE = new URL(`../../${PAGE}`, import.meta.url);

/** Bytes of the gradients of two networks. */
const SIZES = { "ResNet-32": 4 * 464_154, "ResNet-50": 4 * 25_600_000 } as const;
/** The limit of the links, and the bytes that pass in a second. */
const RATE = "1gbit", WIRE = 125e6;
/** Seconds on the link, relative to a step, from which the hidden share is more than the variation of steps. */
const MEASURABLE = 0.3;

/**
 * Replaces the generated part of the page.
 *
 * @param text The page.
 * @returns The page with what the record holds now.
 */
export async function withNetwork(text: string): Promise<string> {
  const rows = await NETWORK_RECORD.read();
  const content = [...measuredLines(rows), "", ...modelLines(rows)].join("\n");
  const part = /(<!-- bench\/network\/measure\.ts -->\n)[\s\S]*?(<!-- end -->)/;
  return text.replace(part, (_, begin, end) => `${begin}\n${content}\n\n${end}`);
}

/** Writes the page. */
export async function writeNetworkPage(): Promise<void> {
  await writePage(PAGE, await withNetwork(await Deno.readTextFile(FILE)));
}

/** The time of a work in a setting. */
function secondsOf(
  rows: readonly NetworkRow[],
  work: string,
  rate: string,
  { processes, transport }: Pick<NetworkRow, "processes" | "transport">,
): number | undefined {
  return rows.find((row) =>
    row.work === work && row.rate === rate && row.processes === processes &&
    row.transport === transport
  )?.seconds;
}

function measuredLines(rows: readonly NetworkRow[]): string[] {
  const steps = rows.filter(({ work, rate }) => work.endsWith("step") && rate === RATE)
    .toSorted((a, b) =>
      a.work.localeCompare(b.work) || a.processes - b.processes ||
      a.transport.localeCompare(b.transport)
    );
  const sums = Object.values(SIZES).map((size) => String(size / 4));
  const machines = [...new Set(rows.map(({ machine }) => machine))].join("; ");
  return [
    ...markdownTable(
      [
        ...["network", "processes", "added by", "sent in a step, MB", "on the link"],
        ...["a step", "a step without the limit", "hidden"],
      ],
      steps.map((row) => {
        const free = secondsOf(rows, row.work, "none", row), wire = row.bytes / WIRE;
        const hidden = free && wire / free > MEASURABLE && 1 - (row.seconds - free) / wire;
        return [
          row.work === "step" ? "ResNet-32, batch 64" : "four times as wide, batch 16",
          String(row.processes),
          nameOf(row),
          (row.bytes / 1e6).toFixed(2),
          time(wire),
          time(row.seconds),
          time(free),
          hidden ? `${(100 * hidden).toFixed(0)} %` : "–",
        ];
      }),
      "right",
    ),
    "",
    ...markdownTable(
      ["processes", "added by", ...sums.map((sum) => `sum of ${count(sum)} floats`)],
      steps.filter(({ work }) => work === "step").map((row) => [
        String(row.processes),
        nameOf(row),
        ...sums.map((sum) => time(secondsOf(rows, sum, RATE, row))),
      ]),
      "right",
    ),
    "",
    `Measured on ${machines}; ${code("deno run -A bench/network/measure.ts --real-time")}.`,
  ];
}

function modelLines(rows: readonly NetworkRow[]): string[] {
  const names = Object.keys(SIZES) as (keyof typeof SIZES)[];
  const [small, large] = Object.values(SIZES).map((size) => String(size / 4));
  const mpi = (work: string, rate: string, processes: number) =>
    secondsOf(rows, work, rate, { processes, transport: "MPI" })!;
  const size = SIZES["ResNet-50"];
  const ring = ringOfTwo(mpi(small, "none", 2), mpi(large, RATE, 2), size);
  const check = [4, 8].map((processes) =>
    `${time(ringSeconds(ring, processes, size))} for ${processes} processes (measured ` +
    `${time(mpi(large, RATE, processes))})`
  );
  return [
    `MPI's sums of two processes on two cores give α = ${time(ring.latency)} (an ` +
    `upper bound, from the small sum without the limit) and B = ` +
    `${(ring.bandwidth / 1e6).toFixed(0)} MB/s of the link's ${WIRE / 1e6}. The model then says ` +
    `${check.join(" and ")} for 25.6 million floats; eight processes on two cores are held up by ` +
    `these. On paper, with B in proportion to the link:`,
    "",
    ...markdownTable(
      ["machines", "link", ...names.map((name) => `sum of ${name}`)],
      [8, 64].flatMap((machines) =>
        [1, 10, 25, 100].map((gigabits) => {
          const faster = { ...ring, bandwidth: gigabits * ring.bandwidth };
          const sums = names.map((name) => time(ringSeconds(faster, machines, SIZES[name])));
          return [String(machines), `${gigabits} Gbit/s`, ...sums];
        })
      ),
      "right",
    ),
  ];
}

function nameOf({ transport }: NetworkRow): string {
  return transport === "ring" ? "TensorFlow's ring" : transport;
}

function count(digits: string): string {
  return Number(digits).toLocaleString("en");
}

function time(seconds: number | undefined): string {
  if (seconds === undefined) return "–";
  return seconds < 1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;
}

if (import.meta.main) await writeNetworkPage();
