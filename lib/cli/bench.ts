/**
 * `deno task bench`: measures steps, batches, import and memory on this machine.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { engine } from "../engine/engine.ts";
import { importTime, type Peer, peerStep } from "./bench/processes.ts";
import { stepTime } from "./bench/step.ts";
import { execute } from "./command.ts";
import { numberFlag, POSITIVE } from "./numbers.ts";

const USAGE = `Usage: deno task bench [flags]

Measures a training step of ResNet-32 (batch 128, float32), the same with batches prepared beside it,
the import of mod.ts, and memory over 500 steps; and PyTorch's step where there is PyTorch.
  --steps N       steps measured (20)
  --python PATH   Python with PyTorch (python3)
  --json          print the figures as JSON in the last line of stdout
  --help          this text`;

const BATCH = 128;
const ROUNDS = 3;
/** Steps at which memory is compared: the first is past all warming up. */
const MEMORY_STEPS = [100, 500] as const;

const COMMAND = {
  name: "bench",
  usage: USAGE,
  flags: {
    steps: { type: "string" },
    python: { type: "string" },
    json: { type: "boolean" },
  },
  run,
} as const;

type Flags = { steps?: string; python?: string; json?: boolean };

async function run(flags: Flags): Promise<number> {
  const steps = numberFlag("steps", flags.steps, POSITIVE) ?? 20;
  const { backend, version, device } = await engine();
  console.log(`${backend} ${version} on ${device}`);
  const figures: Record<string, number | string> = { backend, version, device };
  const show = (name: string, value: number, unit: string, remark = "") => {
    figures[name] = value;
    console.log(
      `${name.padEnd(30)} ${value.toFixed(2).padStart(8)} ${unit}${remark && `  ${remark}`}`,
    );
  };

  show("import of mod.ts", await importTime(5), "ms", "start of Deno included");
  const resnet32 = { depth: 32, batch: BATCH, steps, precision: "float32" } as const;
  const alone: number[] = [], fed: number[] = [], peers: Peer[] = [];
  // In turns, so that a disturbance meets all of them; the least disturbed round counts.
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await stepTime({ ...resnet32, fresh: false }));
    fed.push(await stepTime({ ...resnet32, fresh: true }));
    const peer = await peerStep(flags.python ?? "python3", BATCH, steps);
    if (peer) peers.push(peer);
  }
  const best = Math.min(...alone), bestFed = Math.min(...fed);
  show("ResNet-32 step", best, "ms");
  show("ResNet-32 step with batches", bestFed, "ms", "crop, flip, AutoAugment, Cutout");
  show("cost of preparing batches", 100 * (bestFed / best - 1), "%");
  if (peers.length > 0) {
    const bestPeer = Math.min(...peers.map(({ stepMs }) => stepMs));
    show("ResNet-32 step in PyTorch", bestPeer, "ms", `${peers[0].framework}, channels last`);
    show("ours / PyTorch's", best / bestPeer, "times");
  } else console.log("PyTorch was not found: --python names one that has it");

  const memory: { rss: number; tensors: number }[] = [];
  await stepTime(
    { depth: 8, batch: 32, steps: MEMORY_STEPS[1], precision: "float32", fresh: true },
    (step) => {
      if (!(MEMORY_STEPS as readonly number[]).includes(step)) return;
      memory.push({ rss: Deno.memoryUsage().rss, tensors: tf.memory().numTensors });
    },
  );
  const [early, late] = memory;
  show("memory after 100 steps", early.rss / 1e6, "MB", `${early.tensors} tensors`);
  show("memory after 500 steps", late.rss / 1e6, "MB", `${late.tensors} tensors`);
  if (flags.json) console.log(JSON.stringify(figures));
  return 0;
}

if (import.meta.main) Deno.exit(await execute(COMMAND, Deno.args));
