/**
 * JupyterLab as `deno task notebooks` starts it.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { jupyterTest, NOTEBOOKS, ROOT } from "./environment.ts";

/** Starts JupyterLab, sends requests, and ends it. */
async function inLab(fn: (address: URL, token: string) => Promise<void>): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", join(ROOT, "lib/cli/mod.ts"), "notebooks"],
      ...["--", "--no-browser", "--ServerApp.port=0"],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let log = "";
  let page: URL | undefined;
  const lines = child.stderr.pipeThrough(new TextDecoderStream());
  for await (const text of lines.values({ preventCancel: true })) {
    log += text;
    const found = /http:\/\/\S+\/lab\?token=\w+/.exec(log);
    if (!found) continue;
    page = new URL(found[0]);
    break;
  }
  assert(page, log);
  const token = page.searchParams.get("token")!;
  try {
    await fn(new URL("/", page), token);
  } finally {
    await (await ask(new URL("/api/shutdown", page), token, "POST")).body?.cancel();
    await lines.cancel();
    await child.status;
  }
}

function ask(address: URL, token: string, method = "GET"): Promise<Response> {
  return fetch(address, { method, headers: { authorization: `token ${token}` } });
}

jupyterTest(
  "JupyterLab trusts the notebooks, fetches no news, and requires its token",
  () =>
    inLab(async (address, token) => {
      const content = (name: string) => new URL(`/api/contents/${name}`, address);
      const refused = await fetch(content(""));
      assertEquals(refused.status, 403);
      await refused.body?.cancel();
      if (Deno.build.os !== "windows" && Deno.uid() === 0) {
        assertEquals(address.hostname, "127.0.0.1");
      }

      for await (const { name } of Deno.readDir(NOTEBOOKS)) {
        if (!/^\d\d_\w+\.ipynb$/.test(name)) {
          continue;
        }
        const { content: { cells } } = await (await ask(content(name), token)).json();
        const untrusted = cells.filter((
          { cell_type, metadata }: { cell_type: string; metadata: { trusted?: boolean } },
        ) => cell_type === "code" && metadata.trusted !== true);
        assertEquals(untrusted, [], name);
      }
      const path = "/lab/api/settings/@jupyterlab/apputils-extension:notification";
      const { schema } = await (await ask(new URL(path, address), token)).json();
      assertEquals(schema.properties.fetchNews.default, "false");
    }),
);
