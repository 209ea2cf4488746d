/**
 * `deno task bench` on the command line. Measured times are not asserted.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { fittingCases } from "../../bench/fitting_cases.ts";
import type { Case } from "../../bench/subject.ts";
import { SUBJECTS } from "../../bench/subjects/mod.ts";
import { assertRefuses, inFolder, task } from "./task.ts";

/** Writes a stand-in for a Python without PyTorch: a program that always fails. */
async function pythonWithoutPytorch(folder: string): Promise<string> {
  const path = `${folder}/python`;
  await Deno.writeTextFile(path, "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  return path;
}

Deno.test({
  name: "bench measures a subject without PyTorch, prints a table and writes CSV and JSON",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const python = await pythonWithoutPytorch(folder);
      const out = `${folder}/results/bench.csv`;
      const { code, stdout, stderr } = await task(
        "bench",
        ...["augmentation", "--rounds", "2", "--python", python, "--out", out, "--json"],
      );
      assertEquals([code, stderr], [0, ""]);
      assertStringIncludes(stdout, `Without PyTorch (${python} has no PyTorch with torchvision)`);
      assertStringIncludes(stdout, `Written to ${out}`);
      const lines = stdout.split("\n");
      const head = lines.findIndex((line) => line.startsWith("augmentation: "));
      assertEquals(lines[head + 1].trim().split(/ {2,}/), ["ours", "best peer", "ratio", "target"]);
      const [name, ours, peer, ratio, target] = lines[head + 2].trim().split(/ {2,}/);
      assertEquals([name, peer, ratio, target], ["32×32", "–", "–", "≤ 1.00"]);
      assert(/^[\d.]+ (µs|ms|s)$/.test(ours), ours);

      const rows = parse(await Deno.readTextFile(out), { skipFirstRow: true });
      assertEquals(rows.length, 5);
      const [{ subject, contender, unit, rounds, least, median, most, machine }] = rows;
      assertEquals([subject, contender, unit, rounds], ["augmentation", "ours", "s", "2"]);
      assert(0 < Number(least) && Number(least) <= Number(median));
      assert(Number(median) <= Number(most));
      assertStringIncludes(machine!, "core");
      const [record] = JSON.parse(stdout.trim().split("\n").at(-1)!);
      assertEquals([record.case, record.median, record.ratio], ["32×32", Number(median), null]);
    }),
});

Deno.test("bench skips bf16 subjects on processors without bf16, with the reason", async () => {
  const settings = { folder: "", python: "", pytorch: false, memorySteps: 101 };
  const inBfloat16 = (cases: readonly Case[]) => cases.filter(({ name }) => /bf16/.test(name));
  for (const name of ["limits", "resnet32", "resnet50", "tracing", "memory"]) {
    const cases = await SUBJECTS.find((subject) => subject.name === name)!.cases(settings);
    assert(inBfloat16(cases).length > 0, name);
    assertEquals(fittingCases(cases, true), { fitting: cases, skipped: "" });
    const { fitting, skipped } = fittingCases(cases, false);
    assertEquals([...fitting, ...inBfloat16(cases)].length, cases.length);
    assertEquals(inBfloat16(fitting), []);
    for (const { name } of inBfloat16(cases)) assertStringIncludes(skipped, name);
    assertStringIncludes(skipped, "this processor has no bfloat16 (--force-precision");
  }
});

Deno.test("bench --list names every subject", async () => {
  const { code, stdout } = await task("bench", "--list");
  assertEquals(code, 0);
  const names = stdout.trim().split("\n").map((line) => line.split(" ")[0]);
  for (
    const name of [
      ...["import", "augmentation", "jpeg", "checkpoint", "samplers", "resnet32", "resnet32-w4"],
      ...[
        "resnet50",
        "resnext50",
        "lists",
        "streaming",
        "losses",
        "lvis-ap",
        "detection",
        "end-to-end",
        "memory",
        "scaling",
      ],
    ]
  ) assert(names.includes(name), name);
});

Deno.test("bench refuses invalid arguments in one line", () =>
  inFolder(async (folder) => {
    const cases: [string[], string][] = [
      [["resnet"], 'found "resnet"'],
      [["--bogus"], "Unknown option '--bogus'"],
      [["--rounds", "0"], "Expected --rounds to be an integer of at least 1"],
      [["--memory-steps", "100"], "at least 101"],
      [["augmentation", "--python", `${folder}/none`], `Expected --python`],
      [["augmentation", "--out", `/dev/null/bench.csv`], "/dev/null"],
    ];
    for (const [args, message] of cases) await assertRefuses("bench", args, message);
    assertEquals([...Deno.readDirSync(folder)], []);
  }));
