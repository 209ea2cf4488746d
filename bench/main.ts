/**
 * `deno task bench`: benchmarks this project against PyTorch on this machine.
 *
 * @module
 */
import { didYouMean } from "../lib/core/did_you_mean.ts";
import { UsageError } from "../lib/core/errors.ts";
import { exists } from "../lib/core/exists.ts";
import { processorHasBfloat16 } from "../lib/engine/processor.ts";
import { fittingCases } from "./fitting_cases.ts";
import { machine } from "../lib/core/machine.ts";
import { CASES, rehearsed } from "./gpu/case.ts";
import { pack } from "./gpu/pack.ts";
import { findPytorch } from "./processes.ts";
import { type BenchRecord, recordsOf, writeRecords } from "./record.ts";
import { type CaseResult, measureCase } from "./rounds.ts";
import type { Subject } from "./subject.ts";
import { SUBJECTS } from "./subjects/mod.ts";
import { tableHead, tableLine } from "./table.ts";
import { execute } from "../lib/cli/command.ts";
import { liveLine } from "../lib/cli/live_line.ts";
import { numberFlag, POSITIVE } from "../lib/cli/numbers.ts";

const USAGE = `Usage: deno task bench [NAME…] [flags]

Measures this project and PyTorch on the same work, alternately, and prints medians and ratios
(ours / the best peer: below 1 we are faster). Without names, everything is measured.
  --list            print the names and what they measure
  --pack DIR        with the name gpu: measure nothing, but write what measuring on a GPU of another machine, without
                    network, needs into the new folder DIR; there: bash DIR/check.sh
  --quick           3 rounds instead of 5; with --pack: small steps, for a rehearsal on a processor
  --rounds N        N rounds
  --python PATH     Python with torch and torchvision (python3)
  --memory-steps N  steps over which memory is measured, above 100 (500)
  --force-precision bf16 also on processors without bfloat16, where it is many times slower
  --out FILE        CSV file of the results (bench-results/<time>.csv)
  --json            print the results as JSON in the last line of stdout
  --help            this text`;

const ROUNDS = 5, QUICK_ROUNDS = 3;

const COMMAND = {
  name: "bench",
  usage: USAGE,
  flags: {
    list: { type: "boolean" },
    quick: { type: "boolean" },
    rounds: { type: "string" },
    python: { type: "string" },
    "memory-steps": { type: "string" },
    "force-precision": { type: "boolean" },
    out: { type: "string" },
    json: { type: "boolean" },
    pack: { type: "string" },
  },
  positionals: true,
  run,
} as const;

interface Flags {
  list?: boolean;
  quick?: boolean;
  rounds?: string;
  python?: string;
  "memory-steps"?: string;
  "force-precision"?: boolean;
  out?: string;
  json?: boolean;
  pack?: string;
}

async function run(flags: Flags, names: readonly string[]): Promise<number> {
  if (flags.list) {
    const width = Math.max(...SUBJECTS.map(({ name }) => name.length));
    for (const { name, about } of SUBJECTS) console.log(`${name.padEnd(width)}  ${about}`);
    return 0;
  }
  if (flags.pack !== undefined || names.includes("gpu")) return await packForGpu(flags, names);
  const subjects = subjectsOf(names);
  const rounds = numberFlag("rounds", flags.rounds, POSITIVE) ??
    (flags.quick ? QUICK_ROUNDS : ROUNDS);
  const memorySteps = numberFlag("memory-steps", flags["memory-steps"], {
    min: 101,
    integer: true,
  }) ?? 500;
  const out = flags.out ??
    `bench-results/${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.csv`;
  const python = flags.python ?? "python3";
  const pytorch = await findPytorch(python);
  if (pytorch === undefined && flags.python !== undefined) {
    throw new UsageError(`Expected --python to name a program but ${python} cannot be run`);
  }
  const description = await machine();
  // Written before anything is measured, so that an unwritable path fails at once.
  await writeRecords(out, [], description);

  console.log(description);
  console.log(
    pytorch && pytorch !== "none"
      ? `${pytorch.framework}, ${pytorch.threads} threads`
      : `Without PyTorch (${
        pytorch ? `${python} has no PyTorch with torchvision` : `there is no ${python}`
      }): --python names one that has it`,
  );
  const alone = pytorch === undefined || pytorch === "none";
  console.log(
    `Each in its own process, alternately, ${rounds} rounds; medians; ` +
      `ratio: median over the rounds of ours / the best peer`,
  );
  const bfloat16 = flags["force-precision"] || await processorHasBfloat16();
  const line = liveLine();
  const records: BenchRecord[] = [];
  for (const subject of subjects) {
    console.log(`\n${tableHead(`${subject.name}: ${subject.about}`)}`);
    const folder = await Deno.makeTempDir();
    const results = new Map<string, CaseResult>();
    try {
      const settings = { folder, python, pytorch: !alone, memorySteps };
      const { fitting, skipped } = fittingCases(await subject.cases(settings), bfloat16);
      if (skipped) console.log(skipped);
      for (const benchCase of fitting) {
        const result = await measureCase(benchCase, {
          rounds,
          python,
          alone,
          onTurn: (round, name) =>
            line.show(`${subject.name}, ${benchCase.name}, round ${round} of ${rounds}: ${name}`),
        });
        line.end();
        results.set(benchCase.name, result);
        console.log(
          tableLine(result, results.get(benchCase.growsFrom ?? benchCase.fractionOf?.name ?? "")),
        );
        records.push(...recordsOf(subject.name, result));
        // Rewritten after every case, so that an interrupted benchmark keeps its results.
        await writeRecords(out, records, description);
      }
    } finally {
      line.end();
      await Deno.remove(folder, { recursive: true });
    }
  }
  console.log(`\nWritten to ${out}`);
  if (flags.json) console.log(JSON.stringify(records));
  return 0;
}

/** Packs the measurements that need a GPU. */
async function packForGpu(
  { pack: to, quick }: Flags,
  names: readonly string[],
): Promise<number> {
  if (to === undefined || String(names) !== "gpu") {
    throw new UsageError(
      `Expected gpu with --pack DIR, alone, but found ${names.join(" ") || "no name"}` +
        (to === undefined ? " without --pack" : ""),
    );
  }
  if (await exists(to)) {
    throw new UsageError(`Expected --pack to name a new folder but found ${to}`);
  }
  const cases = quick ? CASES.map(rehearsed) : CASES;
  const bytes = await pack(to, cases, (line) => console.error(line));
  console.log(
    `Packed ${(bytes / 2 ** 20).toFixed(1)} MiB into ${to}; on the GPU's machine: bash check.sh`,
  );
  return 0;
}

function subjectsOf(names: readonly string[]): readonly Subject[] {
  const known = SUBJECTS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `Expected one of ${known.join(", ")} but found "${unknown}"${didYouMean(unknown, known)}`,
    );
  }
  return names.length === 0 ? SUBJECTS : SUBJECTS.filter(({ name }) => names.includes(name));
}

/** Runs the command line with these arguments and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return execute(COMMAND, args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
