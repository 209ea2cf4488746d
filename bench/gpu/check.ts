/**
 * Runs one lowered training step on a plugin: compares its losses with TensorFlow's, or times it.
 *
 * `deno run -A check.ts CASE PLUGIN [STEPS] [OPTIONS]`, where CASE is the folder of a case and OPTIONS are those of the
 * plugin as JSON. Imports nothing but the client, for it runs where neither TensorFlow nor a network is.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import type { DeviceBuffer } from "../../lib/engine/pjrt/buffer.ts";
import { Client } from "../../lib/engine/pjrt/client.ts";
import type { DeviceProgram } from "../../lib/engine/pjrt/program.ts";
import { batchOf, type Manifest, RATE } from "./case.ts";
import { initialValues } from "./initial_state.ts";

const [folder, plugin, count = "100", options = "{}"] = Deno.args;
const manifest: Manifest = JSON.parse(await Deno.readTextFile(`${folder}/manifest.json`));
const { batch, size, state, losses } = manifest;
const steps = Number(count);

const since = stopwatch();
const client = Client.open(plugin, JSON.parse(options));
const [device] = client.devices;
console.log(
  `${client.platform}, ${device.kind}, PJRT ${client.api.version}: client after ${since()} ms`,
);
const module = new Uint8Array(gunzipSync(await Deno.readFile(`${folder}/module.mlir.gz`)));
const program = await client.compile(module);
console.log(`${manifest.name}: ${module.length} bytes compiled in ${since()} ms`);
const bytes = program.serialize();
since();
const loaded = await client.load(bytes);
console.log(`serialised to ${bytes.length} bytes, loaded again in ${since()} ms`);
loaded.free();

if (losses.length > 0) await compare(program);
else await time(program);
Deno.exit(0);

/** Runs the steps whose losses TensorFlow computed. */
async function compare(program: DeviceProgram): Promise<void> {
  const raw = await Deno.readFile(`${folder}/state.f32`);
  const values = new Float32Array(raw.buffer);
  let at = 0;
  let training = state.map(({ shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return client.upload(values.slice(at, at += size), { shape, dtype: "float32" });
  });
  let worst = 0;
  for (const [step, expected] of losses.entries()) {
    const given = givenOf(step);
    const [next] = await program.run([[...training, ...given]]);
    for (const buffer of [...training, ...given]) buffer.free();
    // The outputs are the training state and what the step measured, the loss first.
    const measured = next.splice(state.length), [loss] = await measured[0].read();
    for (const buffer of measured) buffer.free();
    training = next;
    worst = Math.max(worst, Math.abs(loss - expected) / expected);
    if (step < 3 || step === losses.length - 1) {
      console.log(`step ${step}: loss ${loss.toFixed(6)}, TensorFlow's ${expected.toFixed(6)}`);
    }
  }
  console.log(`largest relative difference of the losses: ${worst.toExponential(1)}`);
}

/** Times steps in three ways. */
async function time(program: DeviceProgram): Promise<void> {
  const ways = ["images on the device", "images sent every step", "images sent, loss read"];
  for (const way of ways) {
    let training = state.map((tensor) =>
      client.upload(initialValues(tensor), { shape: tensor.shape, dtype: "float32" })
    );
    const resident = givenOf(0);
    const { images, labels } = batchOf(manifest, 0);
    let measured: DeviceBuffer[] = [];
    const step = async () => {
      const given = way === ways[0]
        ? resident
        : [...inputsOf(images, labels), ...resident.slice(2)];
      const [next] = await program.run([[...training, ...given]]);
      for (const buffer of training) buffer.free();
      if (given !== resident) { for (const buffer of given.slice(0, 2)) buffer.free(); }
      for (const buffer of measured) buffer.free();
      measured = next.splice(state.length);
      training = next;
      if (way === ways[2]) await measured[0].read();
    };
    for (let i = 0; i < Math.min(10, steps); i++) await step();
    await measured[0].read();
    since();
    for (let i = 0; i < steps; i++) await step();
    const [loss] = await measured[0].read(), milliseconds = since() / steps;
    const memory = client.memory(device);
    console.log(
      `${way}: ${milliseconds.toFixed(2)} ms a step, ` +
        `${(1000 * batch / milliseconds).toFixed(0)} images/s, loss ${loss.toFixed(4)}` +
        (memory ? `, ${Math.round((memory.peak ?? memory.inUse) / 2 ** 20)} MiB` : ""),
    );
    for (const buffer of [...training, ...resident, ...measured]) buffer.free();
  }
}

function inputsOf(images: Float32Array<ArrayBuffer>, labels: Int32Array<ArrayBuffer>) {
  return [
    client.upload(images, { shape: [batch, size, size, 3], dtype: "float32" }),
    client.upload(labels, { shape: [batch], dtype: "int32" }),
  ];
}

/** Images, labels, seed and learning rate, the inputs after the training state. */
function givenOf(step: number): DeviceBuffer[] {
  const { images, labels } = batchOf(manifest, step);
  return [
    ...inputsOf(images, labels),
    client.upload(Int32Array.of(0, step), { shape: [2], dtype: "int32" }),
    client.upload(Float32Array.of(RATE), { shape: [], dtype: "float32" }),
  ];
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
