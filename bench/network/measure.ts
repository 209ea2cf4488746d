/**
 * `deno run -A bench/network/measure.ts [--processes 2,4,8] [--transports ring,MPI] [--rates 1gbit,none] [--works 464154,step]
 * [--real-time]`: sums and steps of
 * processes in network namespaces, with and without links that are limited to 1 Gbit/s. It writes data/results/network.csv
 * and its tables in docs/many-machines.md. It needs Linux with `unshare`, `ip` and `tc`; with `--real-time` and as root,
 * other programs wait while a turn is measured.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { machine } from "../../lib/core/machine.ts";
import { median } from "../median.ts";
import { writeNetworkPage } from "./page.ts";
import type { Orders, Turn } from "./process.ts";
import { NETWORK_RECORD, type NetworkRow } from "./record.ts";

/** Steps, and sums of as many floats as ResNet-32 and ResNet-50 have parameters. */
const WORKS: Orders["works"] = [464_154, 25_600_000, "step", "wide step"];
const TURNS = 2;
/** UCX would find the memory that the namespaces share, as machines do not. */
const TCP = { UCX_TLS: "tcp,self" };

const { values } = parseArgs({
  options: {
    processes: { type: "string", default: "2,4,8" },
    transports: { type: "string", default: "ring,MPI" },
    rates: { type: "string", default: "1gbit,none" },
    works: { type: "string", default: WORKS.join(",") },
    "real-time": { type: "boolean", default: false },
  },
});
const host = await machine();
for (const processes of values.processes.split(",").map(Number)) {
  for (const transport of values.transports.split(",")) {
    for (const rate of values.rates.split(",")) await measure(processes, transport, rate);
  }
}
await writeNetworkPage();

/** Measures one setting and adds it to the record. */
async function measure(processes: number, transport: string, rate: string): Promise<void> {
  const hosts = Array.from({ length: processes }, (_, rank) => `10.9.0.${rank + 1}:2222`);
  const works = WORKS.filter((work) => values.works.split(",").includes(String(work)));
  const mpi = transport === "ring" ? "off" : undefined;
  const realTime = values["real-time"];
  const orders: Orders = { addresses: hosts.join(","), mpi, works, turns: TURNS, realTime };
  const { code, stdout } = await new Deno.Command("unshare", {
    args: [
      ...(Deno.uid() === 0 ? [] : ["--user", "--map-root-user"]),
      ...["--net", "--mount", "sh"],
      ...[path("../../tests/train/cluster/namespaces.sh"), String(processes), rate],
      ...[Deno.execPath(), "run", "-A", "--quiet", path("process.ts"), JSON.stringify(orders)],
    ],
    env: { ...TCP, TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "2", OMP_NUM_THREADS: "1" },
    stderr: "inherit",
  }).output();
  const text = new TextDecoder().decode(stdout).trim();
  if (text === "") throw new Error(`${processes} processes ended with exit code ${code}`);
  const turns: Turn[] = JSON.parse(text.split("\n").at(-1)!);
  const rows = works.map(String).map((work): NetworkRow => {
    const own = turns.filter((turn) => turn.work === work);
    const seconds = median(own.map((turn) => turn.seconds));
    const bytes = Math.round(median(own.map((turn) => turn.bytes)));
    console.log(processes, rate, own[0].transport, work, seconds.toPrecision(3), bytes);
    return { work, transport, rate, processes, seconds, bytes, machine: host };
  });
  await NETWORK_RECORD.replace(rows);
}

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
