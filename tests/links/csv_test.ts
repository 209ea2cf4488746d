import { assertEquals, assertThrows } from "@std/assert";
import { parse, stringify } from "@std/csv";
import { csv } from "../../lib/deps/csv.ts";

Deno.test("parse() gives one array of strings per row", () => {
  assertEquals(parse("a,b,c\nd,e,f"), [["a", "b", "c"], ["d", "e", "f"]]);
  assertEquals(parse("a,b\r\n1,\r\n"), [["a", "b"], ["1", ""]]);
  assertEquals(parse(""), []);
  assertEquals(parse("\ufeffa\n\nb\n"), [["a"], ["b"]]);
});

Deno.test("parse() reads quotes, separators and line ends inside values", () => {
  assertEquals(parse('"a,b","say ""yes""","two\nlines"\n'), [["a,b", 'say "yes"', "two\nlines"]]);
  assertEquals(parse("a;b", { separator: ";" }), [["a", "b"]]);
  assertEquals(parse(" a, b", { trimLeadingSpace: true }), [["a", "b"]]);
  assertEquals(parse('a "word",1', { lazyQuotes: true }), [['a "word"', "1"]]);
});

Deno.test("parse() skips comments at the start of a line only", () => {
  assertEquals(parse("# made by hand\na,b#c\n", { comment: "#" }), [["a", "b#c"]]);
  assertEquals(parse("#a,b\n"), [["#a", "b"]]);
});

Deno.test("parse() names columns by the first row or by the option", () => {
  const text = "a,b\n1,2\n";
  assertEquals(parse(text, { skipFirstRow: true }), [{ a: "1", b: "2" }]);
  const named: { x: string; y: string }[] = parse(text, { columns: ["x", "y"] });
  assertEquals(named, [{ x: "a", y: "b" }, { x: "1", y: "2" }]);
  assertEquals(parse(text, { skipFirstRow: true, columns: ["x", "y"] }), [{ x: "1", y: "2" }]);
  const rows: string[][] = parse(text, { skipFirstRow: false });
  assertEquals(rows.length, 2);
});

Deno.test("parse() throws on rows of unexpected length", () => {
  assertThrows(
    () => parse("a,b\n1\n", { skipFirstRow: true }),
    SyntaxError,
    "The record has 1 fields, but the header has 2 fields",
  );
  assertThrows(() => parse("a,b\n1\n", { fieldsPerRecord: 0 }), SyntaxError, "line 2");
  assertThrows(() => parse("a,b\n", { fieldsPerRecord: 3 }), SyntaxError, "expected 3");
  assertEquals(parse("a,b\n1\n", { fieldsPerRecord: -1 }), [["a", "b"], ["1"]]);
});

Deno.test("parse() throws on misplaced quotes and on an input without headers", () => {
  assertThrows(() => parse('a "word",1'), SyntaxError);
  assertThrows(() => parse('"open\n'), SyntaxError);
  assertThrows(() => parse("", { skipFirstRow: true }), TypeError, "headers must be defined");
});

Deno.test("stringify() writes arrays without headers and records with them", () => {
  assertEquals(stringify([["a", 1], [true, null]]), "a,1\r\ntrue,\r\n");
  const data = [{ step: 1, loss: 0.5 }, { step: 2, loss: undefined }];
  assertEquals(stringify(data, { columns: ["step", "loss"] }), "step,loss\r\n1,0.5\r\n2,\r\n");
  assertEquals(stringify(data, { columns: ["loss"], headers: false }), "0.5\r\n\r\n");
  assertEquals(stringify([], { columns: ["a", "b"] }), "a,b\r\n");
});

Deno.test("stringify() reaches into nested values and renames columns", () => {
  const data = [{ name: { first: "Ada" }, tags: ["x", "y"] }];
  const columns = [["name", "first"], { header: "second tag", prop: ["tags", 1] }];
  assertEquals(stringify(data, { columns }), "first,second tag\r\nAda,y\r\n");
});

Deno.test("stringify() quotes values where necessary", () => {
  assertEquals(
    stringify([["a,b", 'say "yes"', "two\nlines", { a: 1 }]]),
    '"a,b","say ""yes""","two\nlines","{""a"":1}"\r\n',
  );
  assertEquals(stringify([["a,b", "c"]], { separator: "\t" }), "a,b\tc\r\n");
  assertEquals(stringify([["a"]], { bom: true }), "\ufeffa\r\n");
});

Deno.test("stringify() throws on records without columns and on an invalid separator", () => {
  assertThrows(() => stringify([{ a: 1 }]), TypeError, "No property accessor");
  assertThrows(() => stringify([["a"]], { separator: '"' }), TypeError, "Separator");
});

Deno.test("parse() is the inverse of stringify()", async () => {
  const { parse, stringify } = await csv();
  const rows = [["", "a b", ' "q" '], ["1,2", "x\ny", "ü"], ["-0", "#", "\t"]];
  assertEquals(parse(stringify(rows)), rows);
});
