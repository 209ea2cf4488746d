/**
 * The part of docs/many-machines.md on links of 1 Gbit/s.
 *
 * @module
 */
import { code, markdownTable } from "../../tools/markdown.ts";
import { writePage } from "../../tools/write_page.ts";
import { fitted, ringSeconds } from "./model.ts";
import { type NetworkRow, readRecord } from "./record.ts";

/** Path of the page. */
export const PAGE = "docs/many-machines.md";
const FILE = new URL(`../../${PAGE}`, import.meta.url);

/** The networks whose gradients are added: parameters of each. */
const NETWORKS = { "ResNet-32": 464_154, "ResNet-50": 25_600_000 } as const;
const RATE = "1gbit", BYTES_PER_FLOAT = 4;

/**
 * Replaces the generated part of the page.
 *
 * @param text The page.
 * @returns The page with what the record holds now.
 */
export async function withNetwork(text: string): Promise<string> {
  const rows = await readRecord();
  const content = [...measuredLines(rows), "", ...modelLines(rows)].join("\n");
  const part = /(<!-- bench\/network\/measure\.ts -->\n)[\s\S]*?(<!-- end -->)/;
  return text.replace(part, (_, begin, end) => `${begin}\n${content}\n\n${end}`);
}

/** Writes the page. */
export async function writeNetworkPage(): Promise<void> {
  await writePage(PAGE, await withNetwork(await Deno.readTextFile(FILE)));
}

function measuredLines(rows: readonly NetworkRow[]): string[] {
  const limited = rows.filter(({ rate }) => rate === RATE);
  const settings = limited.filter(({ work }) => work === "step")
    .toSorted((a, b) => a.processes - b.processes || a.transport.localeCompare(b.transport));
  const machines = [...new Set(rows.map(({ machine }) => machine))].join("; ");
  return [
    ...markdownTable(
      [
        ...["processes", "added by", "sent in a step, MB", "sum of 464,154 floats"],
        ...["sum of 25.6 million floats", "a step", "a step without the limit", "hidden"],
      ],
      settings.map(({ processes, transport, bytes, seconds }) => {
        const found = (work: string, rate: string) =>
          rows.find((row) =>
            row.work === work && row.rate === rate && row.processes === processes &&
            row.transport === transport
          )?.seconds;
        const small = String(NETWORKS["ResNet-32"]), free = found("step", "none");
        return [
          String(processes),
          transport === "ring" ? "TensorFlow's ring" : transport,
          (bytes / 1e6).toFixed(2),
          time(found(small, RATE)),
          time(found(String(NETWORKS["ResNet-50"]), RATE)),
          time(seconds),
          time(free),
          hidden(seconds, free, found(small, RATE), found(small, "none")),
        ];
      }),
      "right",
    ),
    "",
    `Measured on ${machines}; ${code("deno run -A bench/network/measure.ts")}.`,
  ];
}

/** Share of what the limit adds to a sum that it does not add to a step. */
function hidden(step: number, freeStep?: number, sum?: number, freeSum?: number): string {
  if (freeStep === undefined || sum === undefined || freeSum === undefined) return "–";
  const share = 1 - (step - freeStep) / (sum - freeSum);
  return share >= 0 && share <= 1 ? `${(100 * share).toFixed(0)} %` : "within the noise";
}

function modelLines(rows: readonly NetworkRow[]): string[] {
  const sums = rows.filter(({ work, rate, transport }) =>
    work !== "step" && rate === RATE && transport === "MPI"
  );
  const ring = fitted(
    sums.map((row) => ({ ...row, size: BYTES_PER_FLOAT * Number(row.work) })),
  );
  const names = Object.keys(NETWORKS) as (keyof typeof NETWORKS)[];
  return [
    `With MPI, α = ${time(ring.latency)} and B = ${
      (ring.bandwidth / 1e6).toFixed(0)
    } MB/s (of the ` +
    `125 MB/s of the link) follow from the sums above. On paper, for faster links with B in proportion:`,
    "",
    ...markdownTable(
      ["machines", "link", ...names.map((name) => `sum of ${name}`)],
      [8, 64].flatMap((machines) =>
        [1, 10, 25, 100].map((gigabits) => [
          String(machines),
          `${gigabits} Gbit/s`,
          ...names.map((name) =>
            time(ringSeconds(
              { ...ring, bandwidth: gigabits * ring.bandwidth },
              machines,
              BYTES_PER_FLOAT * NETWORKS[name],
            ))
          ),
        ])
      ),
      "right",
    ),
  ];
}

function time(seconds: number | undefined): string {
  if (seconds === undefined) return "–";
  return seconds < 1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;
}

if (import.meta.main) await writeNetworkPage();
