/**
 * A process of a training in a cluster: `deno run -A process.ts ORDERS [RANK]`. Prints a report of each training as JSON and
 * exits like the command line.
 *
 * @module
 */
import { failure } from "../../../lib/cli/failure.ts";
import { instanceBalancedSampler, type Sampler } from "../../../lib/samplers/mod.ts";
import { train } from "../../../lib/train/train.ts";
import { optionsOf, type Orders, type Report } from "./runs.ts";

const { addresses, runs, fault, ...ordered }: Orders = JSON.parse(Deno.args[0]);
const rank = Number(Deno.args[1] ?? ordered.rank);
const controller = new AbortController();
let batches = 0;

/** The default sampler, with a fault after some batches. */
const faulty: Sampler = (labels, options) => {
  const stream = instanceBalancedSampler(labels, options), { fill } = stream;
  return Object.defineProperty(Object.create(stream), "fill", {
    value(out: Int32Array) {
      if (batches++ === fault!.after) {
        if (fault!.kind === "stop") controller.abort();
        else Deno.kill(Deno.pid, fault!.kind === "kill" ? "SIGKILL" : "SIGSTOP");
      }
      return fill(out);
    },
  });
};

const reports: Report[] = [];
try {
  for (const plain of runs) {
    const losses: number[] = [];
    let transport: string | undefined;
    const { loss, all, iterations } = await train({
      ...optionsOf(plain),
      ...(fault ? { sampler: faulty } : {}),
      signal: controller.signal,
      cluster: { addresses, rank },
      onProgress(event) {
        if (event.kind === "step") losses.push(event.loss);
        if (event.kind === "start") transport = event.transport;
      },
    });
    reports.push({ losses, transport, result: [loss, all, iterations] });
  }
  console.log(JSON.stringify(reports));
  Deno.exit(0);
} catch (error) {
  const { text, code } = failure(error, "train");
  console.error(text);
  Deno.exit(code);
}
