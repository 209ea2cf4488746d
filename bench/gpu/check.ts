/**
 * Runs one lowered training step on a plugin: compares its losses with TensorFlow's, or times it.
 *
 * `deno run -A check.ts CASE PLUGIN [STEPS] [OPTIONS]`, where CASE is the folder of a case and OPTIONS are those of the
 * plugin as JSON. Imports nothing but the client, for it runs where neither TensorFlow nor a network is.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import type { DeviceBuffer, TensorType } from "../../lib/engine/pjrt/buffer.ts";
import { Client } from "../../lib/engine/pjrt/client.ts";
import type { HostValues } from "../../lib/engine/pjrt/element_types.ts";
import { batchOf, type Manifest, RATE } from "./case.ts";
import { initialValues } from "./initial_state.ts";

/** A value on each device. */
type Copies = readonly DeviceBuffer[];

const [folder, plugin, count = "100", options = "{}"] = Deno.args;
const manifest: Manifest = JSON.parse(await Deno.readTextFile(`${folder}/manifest.json`));
const { batch, size, state, losses } = manifest;
const steps = Number(count);

const since = stopwatch();
const client = Client.open(plugin, JSON.parse(options));
const devices = client.devices.slice(0, manifest.devices ?? 1);
console.log(
  `${client.platform}, ${devices.length} × ${devices[0].kind}, PJRT ${client.api.version}: ` +
    `client after ${since()} ms`,
);
if (devices.length < (manifest.devices ?? 1)) {
  console.log(`${manifest.name}: skipped, for it needs ${manifest.devices} devices`);
  Deno.exit(0);
}
const module = new Uint8Array(gunzipSync(await Deno.readFile(`${folder}/module.mlir.gz`)));
const program = await client.compile(module, devices);
console.log(`${manifest.name}: ${module.length} bytes compiled in ${since()} ms`);
const bytes = program.serialize();
since();
const loaded = await client.load(bytes, devices.length);
console.log(`serialised to ${bytes.length} bytes, loaded again in ${since()} ms`);
loaded.free();

if (losses.length > 0) await compare();
else await time();
Deno.exit(0);

/** Runs the steps whose losses TensorFlow computed. */
async function compare(): Promise<void> {
  const raw = await Deno.readFile(`${folder}/state.f32`);
  const values = new Float32Array(raw.buffer);
  let at = 0;
  let training = state.map(({ shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return whole(values.slice(at, at += size), { shape, dtype: "float32" });
  });
  let worst = 0;
  for (const [step, expected] of losses.entries()) {
    const given = givenOf(step);
    const next = await run([...training, ...given]);
    free(...training, ...given);
    // The outputs are the training state and what the step measured, the loss first.
    const measured = next.splice(state.length), [loss] = await measured[0][0].read();
    free(...measured);
    training = next;
    worst = Math.max(worst, Math.abs(loss - expected) / expected);
    if (step < 3 || step === losses.length - 1) {
      console.log(`step ${step}: loss ${loss.toFixed(6)}, TensorFlow's ${expected.toFixed(6)}`);
    }
  }
  console.log(`largest relative difference of the losses: ${worst.toExponential(1)}`);
}

/** Times steps in three ways. */
async function time(): Promise<void> {
  const ways = ["images on the device", "images sent every step", "images sent, loss read"];
  for (const way of ways) {
    let training = state.map((tensor) =>
      whole(initialValues(tensor), { shape: tensor.shape, dtype: "float32" })
    );
    const resident = givenOf(0);
    const { images, labels } = batchOf(manifest, 0);
    let measured: Copies[] = [];
    const step = async () => {
      const given = way === ways[0]
        ? resident
        : [...inputsOf(images, labels), ...resident.slice(2)];
      const next = await run([...training, ...given]);
      free(...training, ...measured);
      if (given !== resident) free(...given.slice(0, 2));
      measured = next.splice(state.length);
      training = next;
      if (way === ways[2]) await measured[0][0].read();
    };
    for (let i = 0; i < Math.min(10, steps); i++) await step();
    await measured[0][0].read();
    since();
    for (let i = 0; i < steps; i++) await step();
    const [loss] = await measured[0][0].read(), milliseconds = since() / steps;
    const memory = client.memory(devices[0]);
    console.log(
      `${way}: ${milliseconds.toFixed(2)} ms a step, ` +
        `${(1000 * batch / milliseconds).toFixed(0)} images/s, loss ${loss.toFixed(4)}` +
        (memory ? `, ${Math.round((memory.peak ?? memory.inUse) / 2 ** 20)} MiB` : ""),
    );
    free(...training, ...resident, ...measured);
  }
}

/** Runs the step; inputs and outputs are on each device. */
async function run(inputs: readonly Copies[]): Promise<Copies[]> {
  const results = await program.run(devices.map((_, i) => inputs.map((copies) => copies[i])));
  return program.outputs.map((_, output) => results.map((own) => own[output]));
}

/** Copies values to every device. */
function whole(values: HostValues, type: TensorType): Copies {
  return devices.map((device) => client.upload(values, type, device));
}

function inputsOf(images: Float32Array<ArrayBuffer>, labels: Int32Array<ArrayBuffer>): Copies[] {
  const own = batch / devices.length, length = images.length / devices.length;
  const type = { shape: [own, size, size, 3], dtype: "float32" } as const;
  return [
    devices.map((device, i) =>
      client.upload(images.subarray(i * length, (i + 1) * length), type, device)
    ),
    whole(labels, { shape: [batch], dtype: "int32" }),
  ];
}

/** Images, labels, seed and learning rate, the inputs after the training state. */
function givenOf(step: number): Copies[] {
  const { images, labels } = batchOf(manifest, step);
  return [
    ...inputsOf(images, labels),
    whole(Int32Array.of(0, step), { shape: [2], dtype: "int32" }),
    whole(Float32Array.of(RATE), { shape: [], dtype: "float32" }),
  ];
}

function free(...all: readonly Copies[]): void {
  for (const copies of all) for (const buffer of copies) buffer.free();
}

/** Returns a function that tells the milliseconds since its last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now(), passed = now - last;
    last = now;
    return Math.round(passed);
  };
}
