import { assertStringIncludes } from "@std/assert";
import { roomList } from "../tools/architecture.ts";

Deno.test("ARCHITECTURE.md lists the rooms as `deno task architecture` writes them", async () => {
  const written = await Deno.readTextFile(new URL("../ARCHITECTURE.md", import.meta.url));
  assertStringIncludes(written.replaceAll(/\s+/g, " "), roomList().replaceAll(/\s+/g, " "));
});
