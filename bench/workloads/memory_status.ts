/**
 * Memory of this process.
 *
 * @module
 */

/**
 * Reads the memory usage of this process from `/proc/self/status`.
 *
 * @returns Resident memory now, and its peak, in bytes.
 * @throws {Error} On systems other than Linux.
 */
export async function memoryStatus(): Promise<{ resident: number; peak: number }> {
  const status = await Deno.readTextFile("/proc/self/status").catch(() => "");
  const bytes = (name: string) => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status);
    if (!found) {
      throw new Error(`Expected ${name} in /proc/self/status, as on Linux, but found none`);
    }
    return 1024 * Number(found[1]);
  };
  return { resident: bytes("VmRSS"), peak: bytes("VmHWM") };
}
