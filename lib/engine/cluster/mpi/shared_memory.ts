/**
 * Names of shared memory that MPICH leaves behind in a process that ends without `MPI_Finalize`, for instance killed.
 *
 * @module
 */
import { withLibc } from "../../../core/libc.ts";

/**
 * Removes the name of the memory that MPICH has allocated when it was initialised. The memory itself lives as long as the
 * process. Another library, or another release that names it differently, is not affected.
 *
 * @param world Name of the processes, as the library was told.
 * @param rank Rank of this process.
 */
export function removeSharedMemory(world: string, rank: number): void {
  const name = new TextEncoder().encode(`/${sharedMemoryName(world, rank)}\0`);
  withLibc(
    { shm_unlink: { parameters: ["buffer"], result: "i32" } },
    ({ shm_unlink }) => shm_unlink(name),
  );
}

/**
 * Returns the name of the memory: MPICH 5.0 numbers a world by the FNV-1a hash of its name.
 *
 * @param world Name of the processes.
 * @param rank Rank of this process, which is on a machine of its own as far as MPICH knows.
 * @returns The name in `/dev/shm`.
 */
export function sharedMemoryName(world: string, rank: number): string {
  let hash = 2166136261;
  for (const byte of new TextEncoder().encode(world)) {
    hash = Math.imul(hash ^ byte, 16777619);
  }
  return `mpich_shm_${(hash >>> 0).toString(16)}_${rank}`;
}
