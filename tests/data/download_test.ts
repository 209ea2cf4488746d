/**
 * Downloads from a local server with faults.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { DataError } from "../../lib/core/errors.ts";
import { download } from "../../lib/data/download.ts";
import { inFolder } from "../cli/task.ts";

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251);
const md5 = createHash("md5").update(content).digest("hex");

/** Runs a test with a local server and the ranges requested from it. */
async function serving(
  answer: (start: number, request: number) => Response,
  test: (url: string, ranges: (string | null)[]) => Promise<void>,
): Promise<void> {
  const ranges: (string | null)[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const range = request.headers.get("range");
    ranges.push(range);
    return answer(Number(/\d+/.exec(range ?? "0")![0]), ranges.length);
  });
  try {
    await test(`http://127.0.0.1:${server.addr.port}/file`, ranges);
  } finally {
    await server.shutdown();
  }
}

const rest = (start: number, length = content.length) =>
  new Response(content.slice(start, length), {
    status: start > 0 ? 206 : 200,
    headers: { "content-length": String(content.length - start) },
  });

/** A body that ends early, as when the connection is lost. */
const broken = (start: number, end: number) =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(content.slice(start, end));
        setTimeout(() => controller.error(new Error("lost")), 20);
      },
    }),
    { status: start > 0 ? 206 : 200 },
  );

Deno.test("download() resumes after a lost connection", () =>
  inFolder((folder) =>
    serving(
      (start, request) => request === 1 ? broken(start, 100_000) : rest(start),
      async (url, ranges) => {
        const path = `${folder}/file`;
        await download({ url, path, md5 }, { patience: 1 });
        assertEquals(await Deno.readFile(path), content);
        assertEquals(ranges, [null, "bytes=100000-"]);
        assertEquals([...Deno.readDirSync(folder)].length, 1);
      },
    )
  ));

Deno.test("download() restarts when the server does not support ranges", () =>
  inFolder((folder) =>
    serving(
      (_start, request) => request === 1 ? broken(0, 5000) : rest(0),
      async (url) => {
        await download({ url, path: `${folder}/file`, md5 }, { patience: 1 });
        assertEquals(await Deno.readFile(`${folder}/file`), content);
      },
    )
  ));

Deno.test("download() removes a file with the wrong checksum", () =>
  inFolder((folder) =>
    serving(() => new Response("something else"), async (url) => {
      const path = `${folder}/file`;
      await assertRejects(() => download({ url, path, md5 }, { patience: 1 }), DataError, md5);
      assertEquals([...Deno.readDirSync(folder)], []);
    })
  ));

Deno.test("download() stops after its attempts and keeps the partial file", () =>
  inFolder((folder) =>
    serving(
      (start, request) =>
        request === 1 ? broken(start, 1000) : new Response("down", { status: 503 }),
      async (url, ranges) => {
        const path = `${folder}/file`;
        await assertRejects(
          () => download({ url, path, md5 }, { patience: 1, attempts: 3 }),
          DataError,
          "503",
        );
        assertEquals(ranges.length, 3);
        assertEquals((await Deno.stat(`${path}.part`)).size, 1000);
      },
    )
  ));
