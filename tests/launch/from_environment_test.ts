/**
 * Processes of a training from the variables of TensorFlow, torchrun and Slurm.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/errors.ts";
import { membership, processShare } from "../../lib/launch/mod.ts";

type Variables = Readonly<Record<string, string | undefined>>;

const found = (variables: Variables) => membership((name) => variables[name]);
const share = (variables: Variables) => processShare((name) => variables[name]);

/** Asserts that variables are refused in one line that begins with a text. */
function assertRefused(variables: Variables, beginning: string): void {
  const { message } = assertThrows(() => found(variables), InputError);
  assert(message.startsWith(`Expected ${beginning}`), message);
  assertEquals(message.split("\n").length, 1);
  assert(message.length < 400, message);
}

const WORKERS = { worker: ["a:2222", "b:2223"] };
const tfConfig = (cluster: unknown, task?: unknown) => ({
  TF_CONFIG: JSON.stringify({ cluster, task }),
});

const TORCHRUN = {
  MASTER_ADDR: "node7",
  MASTER_PORT: "29500",
  RANK: "1",
  LOCAL_RANK: "1",
  WORLD_SIZE: "2",
  LOCAL_WORLD_SIZE: "2",
};

/** As srun sets them for the last of 7 tasks on node01, node02 (3 each) and gpu5 (1). */
const SLURM = {
  SLURM_JOB_ID: "1234",
  SLURM_STEP_ID: "0",
  SLURM_PROCID: "6",
  SLURM_LOCALID: "0",
  SLURM_NODEID: "2",
  SLURM_STEP_NUM_TASKS: "7",
  SLURM_STEP_NODELIST: "node[01-02],gpu5",
  SLURM_STEP_TASKS_PER_NODE: "3(x2),1",
};

Deno.test("membership() reads TF_CONFIG: the chief first, then the workers", () => {
  const worker = { type: "worker", index: 1 };
  assertEquals(found(tfConfig(WORKERS, worker)), { addresses: ["a:2222", "b:2223"], rank: 1 });
  const led = { ...WORKERS, chief: ["c:1"] };
  const addresses = ["c:1", "a:2222", "b:2223"];
  assertEquals(found(tfConfig(led, { type: "chief", index: 0 })), { addresses, rank: 0 });
  assertEquals(found(tfConfig(led, worker)), { addresses, rank: 2 });
  const master = { worker: ["b:1"], master: ["[::1]:1"] };
  assertEquals(found(tfConfig(master, { type: "worker", index: "0" }))?.rank, 1);
});

Deno.test("membership() is undefined without a launcher, and for a single process", () => {
  assertEquals(found({}), undefined);
  assertEquals(found({ TF_CONFIG: " " }), undefined);
  assertEquals(found({ TF_CONFIG: "{}" }), undefined);
  assertEquals(found(tfConfig({ worker: ["a:1"] }, { type: "worker", index: 0 })), undefined);
  assertEquals(found({ ...TORCHRUN, RANK: "0", WORLD_SIZE: "1" }), undefined);
  assertEquals(found({ ...SLURM, SLURM_PROCID: "0", SLURM_STEP_NUM_TASKS: "1" }), undefined);
});

Deno.test("membership() refuses a wrong TF_CONFIG in one line", () => {
  const task = { type: "worker", index: 0 };
  assertRefused({ TF_CONFIG: "{" }, "TF_CONFIG to be JSON such as ");
  assertRefused({ TF_CONFIG: "[]" }, "TF_CONFIG to be JSON such as ");
  assertRefused({ TF_CONFIG: `"${"x".repeat(10_000)}"` }, "TF_CONFIG to be JSON such as ");
  const cases: [cluster: unknown, task: unknown, beginning: string][] = [
    [[], task, "a cluster with lists"],
    [{ worker: "a:1" }, task, "a list of host:port as worker"],
    [{ worker: ["a"] }, task, "a list of host:port as worker"],
    [{ worker: ["a:0"] }, task, "a list of host:port as worker"],
    [{ worker: ["a:65536"] }, task, "a list of host:port as worker"],
    [{ worker: ["a b:1"] }, task, "a list of host:port as worker"],
    [{ worker: [["a:1"]] }, task, "a list of host:port as worker"],
    [{ worker: ["a:1", "a:1"] }, task, 'every address once but found "a:1 twice"'],
    [{ ...WORKERS, ps: ["c:1"] }, task, "only chief and worker"],
    [{ chief: ["c:1"], master: ["d:1"] }, task, "one of chief and master"],
    [WORKERS, undefined, "a task with type and index but found none"],
    [WORKERS, { type: "worker", index: 2 }, "a task among the chief and the workers"],
    [WORKERS, { type: "worker", index: -1 }, "a task among the chief and the workers"],
    [WORKERS, { type: "worker" }, "a task among the chief and the workers"],
    [{ ...WORKERS, evaluator: ["e:1"] }, { type: "evaluator", index: 0 }, "a task among"],
  ];
  for (const [cluster, of, beginning] of cases) {
    assertRefused(tfConfig(cluster, of), `TF_CONFIG to have ${beginning}`);
  }
});

Deno.test("membership() reads torchrun's variables of one host", () => {
  const addresses = ["127.0.0.1:29501", "127.0.0.1:29502"];
  assertEquals(found(TORCHRUN), { addresses, rank: 1 });
  const { LOCAL_WORLD_SIZE: _, ...unknown } = TORCHRUN;
  for (const MASTER_ADDR of ["localhost", "127.0.0.1", "::1"]) {
    assertEquals(found({ ...unknown, MASTER_ADDR }), { addresses, rank: 1 });
  }
  const high = found({ ...TORCHRUN, MASTER_PORT: "65535" });
  assertEquals(high?.addresses, ["127.0.0.1:65533", "127.0.0.1:65534"]);
});

Deno.test("membership() refuses torchrun's variables of several hosts, and malformed ones", () => {
  const { LOCAL_WORLD_SIZE: _, MASTER_PORT: __, ...rest } = TORCHRUN;
  assertRefused({ ...rest, MASTER_PORT: "1" }, "all 2 processes of torchrun on one host");
  const nodes = { ...TORCHRUN, WORLD_SIZE: "8" };
  assertRefused(nodes, "all 8 processes of torchrun on one host but found 2 here");
  assertRefused({ ...TORCHRUN, RANK: "2" }, "RANK to be an integer from 0 to 1 but found");
  assertRefused({ ...TORCHRUN, RANK: "1.5" }, "RANK to be an integer");
  assertRefused({ ...TORCHRUN, WORLD_SIZE: "two" }, "WORLD_SIZE to be an integer of at least 1");
  assertRefused({ ...TORCHRUN, MASTER_PORT: "0" }, "MASTER_PORT to be an integer from 1 to 65535");
  assertRefused({ ...TORCHRUN, MASTER_PORT: undefined }, "MASTER_PORT to be set");
  assertRefused({ ...TORCHRUN, MASTER_ADDR: "" }, "MASTER_ADDR to be set");
});

Deno.test("membership() reads the variables of srun, with the same addresses in every process", () => {
  const places = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2], [2, 0]];
  const all = places.map(([node, local], rank) =>
    found({
      ...SLURM,
      SLURM_PROCID: String(rank),
      SLURM_NODEID: String(node),
      SLURM_LOCALID: String(local),
    })!
  );
  assertEquals(all.map(({ rank }) => rank), [0, 1, 2, 3, 4, 5, 6]);
  for (const { addresses } of all) assertEquals(addresses, all[0].addresses);
  const hosts = all[0].addresses.map((address) => address.split(":")[0]);
  assertEquals(hosts, [...Array(3).fill("node01"), ...Array(3).fill("node02"), "gpu5"]);
  const ports = all[0].addresses.map((address) => Number(address.split(":")[1]) - 16_384);
  assertEquals(ports.map((port) => port % 64), [0, 1, 2, 0, 1, 2, 0]);
});

Deno.test("membership() follows the distribution of srun, as Slurm 22.05 placed these ranks", () => {
  const hosts = (SLURM_DISTRIBUTION: string, [node, local]: [number, number], rank: number) =>
    found({
      ...SLURM,
      SLURM_DISTRIBUTION,
      SLURM_PROCID: `${rank}`,
      SLURM_NODEID: `${node}`,
      SLURM_LOCALID: `${local}`,
      SLURM_STEP_NUM_TASKS: "4",
      SLURM_STEP_NODELIST: "n[1-2]",
      SLURM_STEP_TASKS_PER_NODE: "2(x2)",
    })!.addresses.map((address) => address.split(":")[0]);
  const cyclic: [number, number][] = [[0, 0], [1, 0], [0, 1], [1, 1]];
  for (const [rank, place] of cyclic.entries()) {
    assertEquals(hosts("cyclic", place, rank), ["n1", "n2", "n1", "n2"]);
  }
  assertEquals(hosts("block:cyclic", [0, 1], 1), ["n1", "n1", "n2", "n2"]);
});

Deno.test("ports differ between consecutive jobs and steps, and are below those of outgoing connections", () => {
  const port = (job: number, step: number) => {
    const variables = { ...SLURM, SLURM_JOB_ID: String(job), SLURM_STEP_ID: String(step) };
    return Number(found(variables)!.addresses[0].split(":")[1]);
  };
  const near = [port(1000, 0), port(1000, 1), port(1000, 2), port(1001, 0), port(1001, 1)];
  assertEquals(new Set(near).size, near.length);
  for (let job = 1; job < 4000; job += 7) {
    assert(port(job, 3) >= 16_384 && port(job, 3) + 63 < 32_768);
  }
});

Deno.test("membership() takes a batch script without srun for a single process", () => {
  const { SLURM_STEP_NUM_TASKS: _, SLURM_STEP_ID: __, ...batch } = SLURM;
  assertEquals(found({ ...batch, SLURM_PROCID: "0", SLURM_NTASKS: "7" }), undefined);
});

Deno.test("membership() refuses wrong variables of Slurm in one line that names them", () => {
  const cases: [string, string | undefined, string][] = [
    ["SLURM_PROCID", "7", "SLURM_PROCID to be an integer from 0 to 6"],
    ["SLURM_STEP_NUM_TASKS", "x", "SLURM_STEP_NUM_TASKS to be an integer of at least 1"],
    ["SLURM_STEP_NUM_TASKS", "8", "SLURM_STEP_TASKS_PER_NODE to sum up to SLURM_STEP_NUM_TASKS, 8"],
    ["SLURM_STEP_NODELIST", undefined, "SLURM_STEP_NODELIST to be set"],
    ["SLURM_STEP_NODELIST", "n[1", "SLURM_STEP_NODELIST to be a host list"],
    ["SLURM_STEP_NODELIST", "n[1-2]", "SLURM_STEP_TASKS_PER_NODE to have a number for each node"],
    ["SLURM_STEP_TASKS_PER_NODE", "x", "SLURM_STEP_TASKS_PER_NODE to be numbers"],
    ["SLURM_JOB_ID", "job", "SLURM_JOB_ID to be an integer"],
    ["SLURM_STEP_ID", undefined, "SLURM_STEP_ID to be set"],
    ["SLURM_DISTRIBUTION", "plane=2", "SLURM_DISTRIBUTION to be block or cyclic but found"],
    ["SLURM_NODEID", "1", "SLURM_NODEID to be 2, as SLURM_DISTRIBUTION and SLURM_PROCID say"],
    ["SLURM_LOCALID", "1", "SLURM_LOCALID to be 0, as SLURM_DISTRIBUTION and SLURM_PROCID say"],
  ];
  for (const [name, value, beginning] of cases) {
    assertRefused({ ...SLURM, [name]: value }, beginning);
  }
});

Deno.test("TF_CONFIG wins over torchrun's variables, and those over Slurm's", () => {
  const own = tfConfig({ worker: ["x:1", "y:1"] }, { type: "worker", index: 0 });
  assertEquals(found({ ...SLURM, ...TORCHRUN, ...own })?.addresses, ["x:1", "y:1"]);
  assertEquals(found({ ...SLURM, ...TORCHRUN })?.addresses.length, 2);
  assertEquals(share({ ...SLURM, ...TORCHRUN, ...own }), { id: 0, count: 2 });
  assertEquals(share({ ...SLURM, ...TORCHRUN }), { id: 1, count: 2 });
  // A launcher within the job that starts one process there.
  assertEquals(found({ ...SLURM, ...TORCHRUN, RANK: "0", WORLD_SIZE: "1" }), undefined);
});

Deno.test("processShare() needs no addresses", () => {
  assertEquals(share({ RANK: "5", WORLD_SIZE: "8", LOCAL_WORLD_SIZE: "2" }), { id: 5, count: 8 });
  assertEquals(share({ SLURM_PROCID: "2", SLURM_STEP_NUM_TASKS: "3" }), { id: 2, count: 3 });
  assertEquals(share({}), undefined);
  assertThrows(() => share({ RANK: "8", WORLD_SIZE: "8" }), InputError, "RANK");
});
