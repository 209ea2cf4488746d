/**
 * Trainings by several processes, connected through the loopback interface.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { engine } from "../../../lib/engine/engine.ts";
import { locateMpi } from "../../../lib/engine/install/mpi.ts";
import { train } from "../../../lib/train/train.ts";
import { inFolder } from "../../cli/task.ts";
import { freeAddresses } from "../../../lib/launch/free_addresses.ts";
import { longTest } from "../../long.ts";
import { optionsOf, type Orders, type Plain, type Report } from "./runs.ts";

const { backend, device } = await engine();
const isProcessor = backend === "tensorflow" && device.startsWith("CPU");

/** Output of a process. */
interface Ended {
  readonly code: number;
  readonly reports: readonly Report[];
  readonly stderr: string;
}

/** Value of `NBN_MPI` for each transport; MPI only where it is installed. */
const TRANSPORTS: Readonly<Record<string, string>> = {
  "TensorFlow's ring": "off",
  ...(typeof await locateMpi() === "string" ? {} : { MPI: Deno.env.get("NBN_MPI") ?? "" }),
};
const hasMpi = "MPI" in TRANSPORTS;
if (!hasMpi) console.log("without MPI, which `deno task setup --mpi` installs");

/** Starts a process, which is killed when `over` is resolved. */
async function start(
  orders: Orders,
  over?: Promise<unknown>,
  transport = Object.keys(TRANSPORTS).at(-1)!,
): Promise<Ended> {
  const script = new URL("process.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, JSON.stringify(orders)],
    env: { NO_COLOR: "1", NBN_MPI: TRANSPORTS[transport] },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  over?.then(() => child.kill("SIGKILL")).catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const text = new TextDecoder().decode(stdout);
  return {
    code,
    reports: text === "" ? [] : JSON.parse(text),
    stderr: new TextDecoder().decode(stderr),
  };
}

/** Runs trainings in a cluster; orders of single processes may differ. */
function cluster(
  size: number,
  runs: readonly Plain[],
  differing: Readonly<Record<number, Partial<Orders>>> = {},
  transport?: string,
): Promise<Ended[]> {
  const addresses = freeAddresses(size);
  return Promise.all(
    addresses.map((_, rank) =>
      start({ addresses, rank, runs, ...differing[rank] }, undefined, transport)
    ),
  );
}

/** Trains in this process. */
async function alone(plain: Plain): Promise<Report> {
  const losses: number[] = [];
  const { loss, all, iterations } = await train({
    ...optionsOf(plain),
    onProgress: (event) => void (event.kind === "step" && losses.push(event.loss)),
  });
  return { losses, result: [loss, all, iterations] };
}

/** Throws unless two loss curves agree. */
function assertSameCurve(found: Report, expected: Report, tolerance: number): void {
  assertEquals(found.losses.length, expected.losses.length);
  const differences = expected.losses.map((loss, i) => Math.abs(found.losses[i] / loss - 1));
  assert(Math.max(...differences) < tolerance, `differences of ${Math.max(...differences)}`);
  assertEquals(found.result.slice(1), expected.result.slice(1));
}

const quick: Plain = {
  recipe: "builtin/ce+nbn+lr",
  batch: 7,
  iterations: 4,
  lr: 0.01,
  syncBatchNorm: true,
};

Deno.test({
  name: `two processes train as one (${Object.keys(TRANSPORTS).join(" and ")})`,
  ignore: !isProcessor,
  async fn() {
    const [expected, ...all] = await Promise.all([
      alone(quick),
      ...Object.keys(TRANSPORTS).map((transport) => cluster(2, [quick], {}, transport)),
    ]);
    for (const processes of all) {
      assertEquals(processes.map(({ code, stderr }) => [code, stderr]), [[0, ""], [0, ""]]);
      const [[first], [second]] = processes.map(({ reports }) => reports);
      assertSameCurve(first, expected, 1e-5);
      assertEquals(second, { losses: [], result: first.result });
    }
  },
});

longTest(
  "gradients of several batches are clipped, and two stages trained, with MPI as alone",
  async () => {
    if (!hasMpi) return console.log("skipped: no MPI");
    const runs: Plain[] = [
      { ...quick, accumulate: 2, clipNorm: 0.5 },
      { ...quick, recipe: "builtin/crt" },
      { ...quick, recipe: "builtin/paco" },
    ];
    const expected: Report[] = [];
    for (const run of runs) expected.push(await alone(run));
    const [{ reports, stderr }] = await cluster(2, runs);
    assertEquals(stderr, "");
    reports.forEach((report, i) => assertSameCurve(report, expected[i], 1e-4));
  },
);

/** Rates at which rounding errors do not grow beyond the tolerance within 50 steps. */
const RECIPES: Readonly<Record<string, number>> = {
  "builtin/ce": 0.002,
  "builtin/ce+nbn+lr": 0.001,
  "builtin/seesaw": 0.001,
  "builtin/bcl": 0.00003,
  "builtin/ride3": 0.00003,
  "builtin/ride3+mbj": 0.00003,
  "builtin/crt": 0.002,
};

longTest("2 and 4 processes have the loss curves of one over 50 steps", async () => {
  const runs = Object.entries(RECIPES).map(([recipe, lr]): Plain => ({
    ...{ recipe, lr, batch: 128, iterations: 50, evaluateEvery: 50, syncBatchNorm: true },
  }));
  const expected: Report[] = [];
  for (const run of runs) expected.push(await alone(run));
  // Four processes take long on two cores, so they train three of the recipes.
  for (const [size, first, end] of [[2, 0, runs.length], [4, 1, 4]]) {
    const [{ reports, stderr }] = await cluster(size, runs.slice(first, end));
    assertEquals([stderr, reports.length], ["", end - first]);
    reports.forEach((report, i) => assertSameCurve(report, expected[first + i], 1e-4));
  }
});

const patient: Plain = { ...quick, iterations: 200, evaluateEvery: 200, peerTimeout: 4 };
const FAULTS = {
  "is killed": { fault: { kind: "kill", after: 10 } },
  "freezes": { fault: { kind: "freeze", after: 10 } },
  "has another seed": { runs: [{ ...patient, seed: 1 }] },
  "never comes": undefined,
} as const satisfies Readonly<Record<string, Partial<Orders> | undefined>>;

for (
  const [name, orders, transport] of Object.entries(FAULTS).flatMap(([name, orders]) =>
    Object.keys(TRANSPORTS).map((transport) => [name, orders, transport] as const)
  )
) {
  longTest(
    `all others leave with one line that names a process that ${name}: ${transport}`,
    async () => {
      const addresses = freeAddresses(3);
      const others = Promise.all(
        [0, 1].map((rank) => start({ addresses, rank, runs: [patient] }, undefined, transport)),
      );
      const own = { addresses, rank: 2, runs: [patient], ...orders };
      const third = orders && start(own, others, transport);
      for (const { code, stderr } of await others) {
        assertStringIncludes(stderr, `process 2 (${addresses[2]})`);
        assertEquals([code, stderr.trim().split("\n").length], [75, 1]);
      }
      await third;
    },
  );
}

longTest(
  "all stop after the same step, and resume with another number of processes",
  () =>
    inFolder(async (out) => {
      const whole: Plain = { ...quick, iterations: 24, evaluateEvery: 24 };
      const expected = await alone(whole);
      const saved = { ...whole, out, resume: true };
      const stopped = await cluster(2, [saved], { 1: { fault: { kind: "stop", after: 9 } } });
      assertEquals(stopped.map(({ code }) => code), [0, 0]);
      const [[first], [second]] = stopped.map(({ reports }) => reports);
      assertEquals(first.result, second.result);
      const steps = first.losses.length;
      assert(steps > 5 && steps < 24, `${steps} steps`);
      const [resumed] = await cluster(3, [saved]);
      const losses = [...first.losses, ...resumed.reports[0].losses];
      assertSameCurve({ ...resumed.reports[0], losses }, expected, 1e-4);
      assertEquals(resumed.reports[0].losses.length, 24 - steps);
    }),
);

/** Starts a user namespace, which may create network namespaces. */
const NAMESPACE = ["--user", "--map-root-user", "--net", "--mount", "sh"];

longTest("processes in network namespaces train as one", async () => {
  const allowed = await new Deno.Command("unshare", {
    args: [...NAMESPACE, "-c", "ip link add bridge type bridge"],
  }).output().catch(() => undefined);
  if (!allowed?.success) return console.log("skipped: network namespaces are not allowed here");
  const file = (name: string) => new URL(name, import.meta.url).pathname;
  const addresses = [1, 2].map((host) => `10.9.0.${host}:2222`);
  const orders = JSON.stringify({ addresses, rank: 0, runs: [quick] });
  const command = [Deno.execPath(), "run", "-A", "--no-check", file("process.ts"), orders];
  const { stdout } = await new Deno.Command("unshare", {
    args: [...NAMESPACE, file("namespaces.sh"), "2", "none", ...command],
    stderr: "inherit",
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  const reports: Report[] = lines.map((line) => JSON.parse(line)[0]);
  assertEquals(reports.length, 2);
  const first = reports.find(({ losses }) => losses.length > 0)!;
  assertSameCurve(first, await alone(quick), 1e-5);
});
