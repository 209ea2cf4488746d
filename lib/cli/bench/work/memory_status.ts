/**
 * How much memory this process has.
 *
 * @module
 */

/**
 * Reads the kernel's account of this process.
 *
 * @returns Bytes that it has in memory now, and the most that it ever had.
 * @throws {Error} Where there is no such account: on other systems than Linux.
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
