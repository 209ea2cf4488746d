/**
 * Names that someone else has chosen, on the command line: in tables and in error messages.
 *
 * @module
 */
import { parse } from "@std/csv";
import { assert, assertEquals } from "@std/assert";
import { csvRows } from "../../lib/cli/predict/rows.ts";
import { inFolder, taskHere } from "./task.ts";

Deno.test("a table of predictions holds no formula", async () => {
  const formula = '=HYPERLINK("http://x";"y")';
  const { head, rows } = await csvRows({
    classNames: [formula, "heron"],
    topk: 2,
    labelled: true,
    logits: false,
  });
  const top = [{ class: formula, probability: 0.75 }, { class: "heron", probability: 0.25 }];
  const names = [`${formula}.jpg`, "+1.jpg", "-1.jpg", "@x.jpg", "a/=1.jpg"];
  const text = head + rows(names.map((path) => ({ path, ...top[0], top, trueClass: formula })));
  const cells = parse(text, { skipFirstRow: true }).flatMap((row) => Object.values(row));
  assertEquals(cells.filter((cell) => /^[=+\-@\t\r]/.test(`${cell}`)), []);
  assert(text.includes("a/=1.jpg") && text.includes("./+1.jpg"), text);
});

Deno.test("error messages and tables print no control characters", () =>
  inFolder(async (folder) => {
    const hostile = `${folder}/\u001b[31mred\u0007\u202e`;
    const missing = await taskHere("report", `${hostile}/none`, "--to", `${folder}/r.html`);
    await Deno.mkdir(`${hostile}/train/a\u001b]0;x\u0007`, { recursive: true });
    await Deno.mkdir(`${hostile}/test/a\u001b]0;x\u0007`, { recursive: true });
    const inspected = await taskHere("data", "inspect", hostile);
    for (const { stdout, stderr } of [missing, inspected]) {
      assertEquals((stdout + stderr).match(/(?![\n\t])[\p{Cc}\u202e]/gu), null);
    }
    assert(missing.code === 2 && missing.stderr.includes("\\x1b[31mred"), missing.stderr);
  }));
