/**
 * README's commands and script, run unchanged, from a folder of photographs to an exported network.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { writePicture } from "../data/pictures.ts";
import { longTest } from "../long.ts";
import { command, inFolder } from "./task.ts";

const ROOT = new URL("../../", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", ROOT));

/** Returns the block of a language that contains a text. */
function blockWith(language: string, text: string): string {
  const blocks = [...readme.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)];
  const found = blocks.find(([, of, block]) => of === language && block.includes(text));
  assert(found, `README has no block of ${language} with ${text}`);
  return found[2];
}

/** Splits the commands of a block into words. */
function commandsOf(block: string): string[][] {
  return block.replaceAll("\\\n", " ").split("\n")
    .map((line) => line.replace(/\s#.*$/, "").trim())
    .filter((line) => line !== "")
    .map((line) => line.split(/\s+/));
}

async function writePhotographs(folder: string): Promise<void> {
  const colours = { amber: [250, 190, 0], blue: [10, 20, 220], green: [10, 200, 30] } as const;
  for (const [name, [red, green, blue]] of Object.entries(colours)) {
    for (let i = 0; i < 12; i++) {
      const path = `${folder}/my-images/${i < 8 ? "train" : "test"}/${name}/${i}.jpg`;
      await writePicture(path, [red, green + i, blue], { width: 40 + i, height: 30 });
    }
    await writePicture(`${folder}/new-photographs/${name}.jpg`, [red, green, blue]);
  }
  await writePicture(`${folder}/new-photographs/1.jpg`, [10, 20, 200]);
}

longTest(
  "README's commands run in order, from photographs to predictions and an exported network",
  () =>
    inFolder(async (folder) => {
      await writePhotographs(folder);
      const commands = commandsOf(blockWith("sh", "deno task data inspect my-images"));
      assertEquals(
        commands.map(([, , task]) => task),
        ["data", "data", "train", "evaluate", "predict", "export"],
      );
      for (const [deno, word, task, ...args] of commands) {
        assertEquals([deno, word], ["deno", "task"]);
        const { code, stderr } = await command(task, args, folder).output();
        assertEquals(code, 0, `${task} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
      }
      const [header, ...rows] = (await Deno.readTextFile(`${folder}/classes.csv`)).trim().split(
        "\n",
      );
      assertMatch(header, /^path,class,probability,/);
      assertEquals(rows.length, 4);
      assert((await Deno.stat(`${folder}/model.onnx`)).size > 1e6);

      const script = blockWith("ts ignore", "predictImages(").replace(
        "@nbn/toolkit",
        new URL("mod.ts", ROOT).href,
      );
      await Deno.writeTextFile(`${folder}/script.ts`, script);
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          "--quiet",
          "--config",
          new URL("deno.json", ROOT).pathname,
          "script.ts",
        ],
        cwd: folder,
        env: { NO_COLOR: "1" },
      }).output();
      const said = new TextDecoder().decode(stdout);
      assertMatch(said, /^(amber|blue|green) (0|1)\.?\d*\n$/, new TextDecoder().decode(stderr));
    }),
);
