/**
 * The MPI library: where it is looked for, and what is said of a wrong one.
 *
 * @module
 */
import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { join } from "node:path";
import { EngineError } from "../../../lib/core/errors.ts";
import { loadMpi } from "../../../lib/engine/cluster/mpi/library.ts";
import { locateMpi, mpiBuild } from "../../../lib/engine/install/mpi.ts";
import { inFolder } from "./fixtures.ts";

const isLinux = Deno.build.os === "linux";

Deno.test({
  name: "locateMpi() looks at NBN_MPI, then in the cache",
  ignore: !isLinux,
  fn: async () => {
    const variables = (more: Record<string, string>) => (folder: string) => ({
      XDG_CACHE_HOME: join(folder, "cache"),
      NBN_MPI: "",
      ...more,
    });
    await inFolder(async (folder) => {
      assertMatch(await locateMpi() as string, /setup --mpi` installs/);
      const { folder: name, files: [file] } = mpiBuild()!;
      const library = join(folder, "cache/nbn", name, file);
      await Deno.mkdir(join(library, ".."), { recursive: true });
      await Deno.writeTextFile(library, "x");
      assertEquals(await locateMpi(), { library, source: "the cache" });
      await Deno.chmod(library, 0o666);
      await assertRejects(() => locateMpi(), EngineError, "everyone can write");
    }, variables({}));
    await inFolder(async () => {
      assertEquals(await locateMpi(), "NBN_MPI is off");
    }, variables({ NBN_MPI: "off" }));
    await inFolder(async () => {
      await assertRejects(() => locateMpi(), EngineError, "found no file /nowhere/libmpi_abi.so.1");
    }, variables({ NBN_MPI: "/nowhere/libmpi_abi.so.1" }));
  },
});

Deno.test({
  name: "loadMpi() refuses another library",
  ignore: !isLinux,
  fn: () => void assertThrows(() => loadMpi("libc.so.6"), EngineError, "correct NBN_MPI"),
});
