/**
 * A graph model in Chromium.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { browserModel } from "../../lib/export/mod.ts";
import { answersOf, chromiumPresent } from "../browser/chromium.ts";
import { type Answer, assertSameAnswer } from "./close.ts";
import { IMAGES, logitsOf, NETWORKS, pixels, trained } from "./networks.ts";

const present = await chromiumPresent();
await engine();

const PAGE = `<!doctype html><script src="tf.js"></script><script>
globalThis.answer = (async () => {
  await tf.setBackend("cpu");
  const model = await tf.loadGraphModel("model.json");
  const images = tf.tensor(await (await fetch("images.json")).json());
  const [logits, probabilities] = model.predict(images);
  return { logits: [...await logits.data()], probabilities: [...await probabilities.data()] };
})();
</script>`;

Deno.test({
  name: "a graph model in a browser agrees with the network" +
    (present ? "" : " (skipped: deno run -A tests/browser/install.ts installs Chromium)"),
  ignore: !present,
  async fn() {
    const model = trained(NETWORKS["groups of channels"]), images = pixels(2);
    const { json, shards } = browserModel(model, IMAGES);
    const script = import.meta.resolve(`npm:@tensorflow/tfjs@${tf.version.tfjs}/dist/tf.min.js`);
    const files = new Map<string, string | Uint8Array>([
      ["/", PAGE],
      ["/tf.js", await Deno.readTextFile(fileURLToPath(script))],
      ["/model.json", JSON.stringify(json)],
      ["/images.json", JSON.stringify(images.arraySync())],
      ...[...shards].map(([name, bytes]) => [`/${name}`, bytes] as const),
    ]);
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => {
        const content = files.get(new URL(request.url).pathname);
        const headers = typeof content === "string" && content.startsWith("<!doctype")
          ? { "content-type": "text/html" }
          : undefined;
        return new Response(content as BodyInit, { status: content ? 200 : 404, headers });
      },
    );
    const [answer] = await answersOf([`http://127.0.0.1:${server.addr.port}/`]);
    assertSameAnswer(answer as Answer, logitsOf(model, images), IMAGES.classNames.length, "page");
  },
});
