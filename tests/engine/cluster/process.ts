/**
 * A process of a cluster: `deno run -A process.ts ADDRESSES RANK`. Prints what its collective operations return as JSON.
 *
 * @module
 */
import { rng } from "../../../lib/core/rng.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { batchNormOfAll } from "../../../lib/engine/cluster/batch_norm.ts";
import { sumOfAll } from "../../../lib/engine/cluster/collectives.ts";
import { numbersOfAll, treeOfFirst, valueOfFirst } from "../../../lib/engine/cluster/exchange.ts";
import { joinCluster } from "../../../lib/engine/cluster/join.ts";
import { addInPlace } from "../../../lib/engine/cluster/add_in_place.ts";
import { openTransport } from "../../../lib/engine/cluster/open_transport.ts";
import { rowsOfAll, sameOnAll, spreadBatch } from "../../../lib/engine/cluster/spread_batch.ts";
import { sumsOfAll } from "../../../lib/engine/cluster/sums_of_all.ts";
import { batchNormTraining } from "../../../lib/engine/ops/batch_norm.ts";
import { traced } from "../../../lib/engine/traced.ts";

const [addresses, rank] = [Deno.args[0].split(","), Number(Deno.args[1])];
const cluster = await joinCluster({ addresses, rank }, { timeout: 20 });
const { hostname, port } = new URL(`tcp://${addresses[rank]}`);

/** Whether a connection to the port of this process is accepted at an address of this machine. */
async function accepts(hostname: string): Promise<boolean> {
  const connected = Deno.connect({ hostname, port: Number(port) });
  // Packets to other addresses are dropped, so that the connection would be tried for minutes.
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), 500);
  const found = await Promise.race([connected, promise]);
  clearTimeout(timer);
  found?.close();
  return found !== undefined;
}

/** Random images of a batch of five, of which the first process has three. */
const random = rng(1);
const values = (shape: number[]) =>
  tf.tensor(Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()), shape);
const BATCH = 5;
const whole = values([BATCH, 2, 2, 3]), target = values([BATCH, 2, 2, 3]);
const weight = values([3]), bias = values([3]), table = values([3]);
const batch = spreadBatch(cluster, BATCH);
const part = (x: tf.Tensor) => x.slice([batch.own.first], [batch.own.count]);

/** Loss of the whole batch, a function of normalised images that does not divide into those of images. */
const lossOf = (y: tf.Tensor, table: tf.Tensor): tf.Scalar =>
  y.sub(target).mul(table).square().sum().pow(1.5);

/** Gradients by the images and three parameters. */
const gradients = (loss: (...inputs: tf.Tensor[]) => tf.Scalar, x: tf.Tensor) =>
  tf.grads(loss)([x, weight, bias, table]);

const shared = traced((x: tf.Tensor) => {
  let statistics: { mean: tf.Tensor; variance: tf.Tensor };
  const [dx, ...rest] = gradients((x, weight, bias, table) => {
    const { y, ...found } = batchNormOfAll(
      batch,
      x,
      weight as tf.Tensor1D,
      bias as tf.Tensor1D,
      1e-3,
    );
    statistics = { mean: tf.keep(found.mean), variance: tf.keep(found.variance) };
    const [all] = rowsOfAll(batch, [y]);
    return lossOf(all, sameOnAll(batch, table));
  }, x);
  const { mean, variance } = statistics!;
  return { dx, rest: sumsOfAll(cluster, rest), mean: mean.clone(), variance: variance.clone() };
});
const alone = traced((x: tf.Tensor) => {
  const [dx, ...rest] = gradients(
    (x, weight, bias, table) =>
      lossOf(
        batchNormTraining(x, weight as tf.Tensor1D, bias as tf.Tensor1D, 1e-3).y,
        table,
      ),
    x,
  );
  const { mean, variance } = batchNormTraining(
    x as tf.Tensor4D,
    weight as tf.Tensor1D,
    bias as tf.Tensor1D,
    1e-3,
  );
  return { dx, rest, mean, variance };
});
const found = await shared(part(whole)), expected = await alone(whole);

/** Two views of each image, view by view. */
const views = tf.concat([part(whole), part(whole).add(100)]);
const two = traced((x: tf.Tensor) => {
  const [labels, images] = rowsOfAll(batch, [tf.range(rank * 10, rank * 10 + batch.own.count), x]);
  return { labels, images };
});
const rows = await two(views);

/** Largest difference relative to the largest value. */
const difference = (a: tf.Tensor, b: tf.Tensor) =>
  a.sub(b).abs().max().div(b.abs().max()).dataSync()[0];
const sum = await traced((x: tf.Tensor) => sumOfAll(cluster, x))(tf.tensor1d([rank, 1]));
const tree = await treeOfFirst(cluster, {
  counts: tf.tensor1d([rank + 7], "int32"),
  flag: tf.scalar(rank === 0, "bool"),
  inner: { x: tf.fill([2, 2], rank + 0.5) },
});
const { counts, flag, inner } = tree as Record<string, tf.Tensor>;
const { cluster: { transport } } = await openTransport(cluster);
const computed = await traced((x: tf.Tensor) => x.add(0.5))(tf.range(rank, rank + 70_000));
if (transport) await addInPlace(transport, computed);
const lines = Deno.build.os === "linux" ? Deno.readTextFileSync("/proc/self/maps").split("\n") : [];
console.log(JSON.stringify({
  sum: [...sum.dataSync()],
  added: transport && difference(computed, tf.range(0, 70_000).mul(2).add(2)),
  // A name is left behind by a process that is killed.
  names: lines.filter((line) => line.includes("/dev/shm/") && !line.endsWith("(deleted)")),
  numbers: (await numbersOfAll(cluster, Int32Array.of(rank, 5))).map((own) => [...own]),
  value: await valueOfFirst(cluster, rank === 0 ? { text: "ünï" } : undefined),
  tree: [counts.arraySync(), flag.arraySync(), (inner as never as { x: tf.Tensor }).x.arraySync()],
  labels: rows.labels.arraySync(),
  views: difference(rows.images, tf.concat([whole, whole.add(100)])),
  gradients: [
    difference(found.dx, part(expected.dx)),
    ...found.rest.map((own, i) => difference(own, expected.rest[i])),
  ],
  statistics: [
    difference(found.mean, expected.mean),
    difference(found.variance, expected.variance),
  ],
  accepts: Deno.build.os === "linux"
    ? [await accepts(hostname), await accepts("127.0.0.2")]
    : [true, false],
}));
// Neither process ends before the other has asked.
await numbersOfAll(cluster, new Int32Array(1)).catch(() => {});
Deno.exit(0);
