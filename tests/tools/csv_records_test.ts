import { assertEquals, assertRejects } from "@std/assert";
import { type Columns, csvRecord, readRecords, writeRecords } from "../../tools/csv_records.ts";
import { inFolder } from "../in_folder.ts";

const COLUMNS: Columns<{ name: string; count: number }> = { name: "text", count: "number" };

Deno.test("readRecords() reads what writeRecords() wrote, and nothing where there is no file", () =>
  inFolder(async (folder) => {
    const file = new URL(`file://${folder}/a.csv`);
    assertEquals(await readRecords(file, COLUMNS), []);
    const rows = [{ name: 'a, "b"', count: 0.5 }, { name: "7", count: 1e6 }, {
      name: "",
      count: 0,
    }];
    await writeRecords(file, COLUMNS, rows);
    assertEquals(await readRecords(file, COLUMNS), rows);
  }));

Deno.test("readRecords() throws on what is no number or missing", () =>
  inFolder(async (folder) => {
    const file = new URL(`file://${folder}/a.csv`);
    for (const text of ["name,count\na,many\n", "name,count\na,\n", "name\na\n"]) {
      await Deno.writeTextFile(file, text);
      await assertRejects(() => readRecords(file, COLUMNS), Error, "count in row 1");
    }
  }));

Deno.test("replace() adds rows in place of those with the same key", () =>
  inFolder(async (folder) => {
    const record = csvRecord(new URL(`file://${folder}/a.csv`), COLUMNS, ["name"]);
    await record.write([{ name: "a", count: 1 }, { name: "b", count: 2 }]);
    await record.replace([{ name: "a", count: 3 }, { name: "c", count: 4 }]);
    const rows = [{ name: "b", count: 2 }, { name: "a", count: 3 }, { name: "c", count: 4 }];
    assertEquals(await record.read(), rows);
  }));
