/**
 * A script in another folder, with its own deno.json and without node_modules, imports mod.ts.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { inFolder } from "./cli/task.ts";

const MOD = new URL("../mod.ts", import.meta.url).href;

async function runElsewhere(
  { folder, config = {} }: { folder: string; config?: object },
  script: string,
  ...flags: string[]
) {
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(config));
  await Deno.writeTextFile(`${folder}/script.ts`, script);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", ...flags, "script.ts"],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  assertEquals(code, 0, decoder.decode(stderr));
  return decoder.decode(stdout);
}

Deno.test("a script in another folder wraps a custom network with nbn() and logitsRectification() and uses classBalancedSampler()", () =>
  inFolder(async (folder) => {
    const output = await runElsewhere(
      { folder },
      `
      import {
        builtin, classBalancedSampler, conv, crossEntropy, linear, logitsRectification, nbn, network, sequential, stateless,
        tf, train,
      } from "${MOD}";

      const own = network(sequential({
        conv: conv({ filters: 8, stride: 4, padding: 1 }),
        norm: nbn()({ channels: 8 }),
        relu: stateless((x) => tf.relu(x)),
        pool: stateless((x) => tf.mean(x, [1, 2]), ([,, channels]) => [channels]),
        head: linear({ units: 10 }),
        lr: logitsRectification(),
      }), { name: "own" });
      const data = builtin({ max: 20, imbalance: 10, testImages: 2 });
      const result = await train({
        data, network: own, loss: crossEntropy(), sampler: classBalancedSampler, batch: 16, iterations: 10,
      });
      console.log(result.iterations, Number.isFinite(result.loss), result.perClass.length);
      `,
      ...["--allow-read", "--allow-env", "--allow-ffi"],
    );
    assertStringIncludes(output, "10 true 10");
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assertEquals(names.includes("node_modules"), false);
  }));

Deno.test("importing mod.ts needs no permission for FFI, network, subprocesses or writing", () =>
  inFolder(async (folder) => {
    const output = await runElsewhere(
      { folder },
      `
      const { longTailCounts } = await import("${MOD}");
      console.log(longTailCounts({ classes: 2, max: 10, imbalance: 10 }).join());
      for (const name of ["ffi", "net", "run", "write"]) {
        console.log(name, (await Deno.permissions.query({ name })).state);
      }
      `,
      "--allow-import",
      "--allow-read",
      "--allow-env",
      "--allow-sys",
      "--no-prompt",
    );
    assertStringIncludes(output, "10,1");
    for (const name of ["ffi", "net", "run", "write"]) {
      assertStringIncludes(output, `${name} prompt`);
    }
    // Modules that are imported on demand need no permission before.
    const lock = await Deno.readTextFile(`${folder}/deno.lock`);
    assertStringIncludes(lock, "@tensorflow/tfjs@");
    for (const name of ["@std/csv", "tfjs-node-gpu", "tfjs-backend-wasm"]) {
      assertEquals(lock.includes(name), false, name);
    }
  }));

Deno.test("a script in another folder that links the clone imports by door, as from JSR", () =>
  inFolder(async (folder) => {
    const config = {
      links: [fileURLToPath(new URL("../", import.meta.url))],
      imports: { "@nbn/toolkit": "jsr:@nbn/toolkit@^0.1.0" },
    };
    const output = await runElsewhere(
      { folder, config },
      `
      import { longTailCounts } from "@nbn/toolkit/data";
      import { classBalancedSampler } from "@nbn/toolkit/samplers";
      const counts = longTailCounts({ classes: 2, max: 10, imbalance: 10 });
      const labels = counts.flatMap((count, label) => Array(count).fill(label));
      console.log(classBalancedSampler(labels, { seed: 0 }).fill(new Int32Array(3)).length);
      `,
    );
    assertEquals(output, "3\n");
  }));
