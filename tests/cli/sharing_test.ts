/**
 * `evaluate`, `predict` and `analyse` in several processes.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { freeAddresses } from "../../lib/launch/free_addresses.ts";
import { clusterVariables } from "../../lib/launch/worker_environment.ts";
import { train } from "../../lib/train/mod.ts";
import { writePictures } from "../data/pictures.ts";
import { longTest } from "../long.ts";
import { assertRefuses, command, inFolder, task } from "./task.ts";

Deno.test("a command that shares its images refuses wrong flags in one line", async () => {
  const processes = "--processes to be an integer of at least 1";
  await assertRefuses("analyse", ["none", "--processes", "0"], processes);
  const seconds = "--peer-timeout to be a number of at least 1";
  await assertRefuses("analyse", ["none", "--peer-timeout", "soon"], seconds);
});

/** Trains a run on a few small pictures. */
async function trained(folder: string): Promise<string> {
  await writePictures(folder);
  const out = `${folder}/run`,
    data = { folder, size: 16 },
    small = { architecture: "resnet8", width: 0.25 } as const;
  await train({ recipe: "images/ce+nbn", data, ...small, iterations: 3, batch: 6, out });
  return out;
}

const decoder = new TextDecoder();
const lastLine = (text: string) => JSON.parse(text.trim().split("\n").at(-1)!);

/** Asserts that values are equal but for rounding of numbers, since other batch sizes may round otherwise. */
function assertClose(actual: unknown, expected: unknown): void {
  const numbersOf = (value: unknown) => {
    const numbers: number[] = [];
    const rest = JSON.stringify(value, (_, own) => {
      if (typeof own !== "number") return own;
      numbers.push(own);
      return 0;
    });
    return { numbers, rest };
  };
  const [found, right] = [numbersOf(actual), numbersOf(expected)];
  assertEquals(found.rest, right.rest);
  right.numbers.forEach((number, i) => {
    assertAlmostEquals(found.numbers[i], number, 1e-4 * Math.max(0.01, Math.abs(number)));
  });
}

/** Runs a task alone and in two processes, and returns what each printed on stdout. */
async function bothWays(name: string, ...args: string[]): Promise<[string, string]> {
  const [one, two] = [await task(name, ...args), await task(name, ...args, "--processes", "2")];
  assertEquals([one.code, two.code], [0, 0], one.stderr + two.stderr);
  return [one.stdout, two.stdout];
}

longTest(
  "two processes evaluate, predict and analyse as one does",
  () =>
    inFolder(async (folder) => {
      const run = await trained(folder);
      const [alone, together] = await bothWays("evaluate", run, "--json");
      assertClose(lastLine(together), lastLine(alone));
      // Six images in batches of the same size: the second has none for the last process.
      const images = ["--logits", "--batch", "2"];
      const [rows, shared] = await bothWays("predict", run, `${folder}/test`, ...images);
      assertEquals(shared, rows);

      const parts = async (name: string, ...flags: string[]) => {
        const { code, stderr } = await task("analyse", run, "--tap", "stage2/block1", ...flags);
        assertEquals(code, 0, stderr);
        await Deno.rename(`${run}/analysis`, `${folder}/${name}`);
        const files = [...Deno.readDirSync(`${folder}/${name}`)].map(({ name }) => name).sort();
        return files.map((file) => {
          const bytes = Deno.readFileSync(`${folder}/${name}/${file}`);
          return [file, file.endsWith("json") ? JSON.parse(decoder.decode(bytes)) : bytes.length];
        });
      };
      assertClose(await parts("two", "--processes", "2"), await parts("one"));
    }),
);

longTest(
  "a process that predicts something else ends all with a line that names it",
  () =>
    inFolder(async (folder) => {
      const run = await trained(folder), addresses = freeAddresses(2);
      const outputs = await Promise.all(["3", "4"].map((batch, rank) => {
        const args = [run, `${folder}/test`, "--batch", batch, "--to", `${folder}/${rank}.csv`];
        return command("predict", args, undefined, clusterVariables(addresses, rank)).output();
      }));
      for (const { code, stderr } of outputs) {
        const said = new TextDecoder().decode(stderr);
        assertEquals(code, 75, said);
        assertStringIncludes(said, "Expected all processes to have the same settings");
      }
      assertEquals([...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".csv")), []);
    }),
);
