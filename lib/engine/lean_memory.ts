/**
 * How much memory TensorFlow holds on the processor.
 *
 * @module
 */
import { withLibc } from "../core/libc.ts";

/** `M_ARENA_MAX` and `M_MMAP_THRESHOLD` of glibc's `malloc.h`. */
const ARENA_MAX = -8, MMAP_THRESHOLD = -3;

/** Tensors of this many bytes are returned to the system once they are freed. */
const RETURNED = 1 << 20;

/**
 * Lets TensorFlow return the memory of every large tensor to the system as soon as it is freed. By default it keeps a
 * pool that never shrinks, and glibc keeps up to 32 MiB of each block, and a heap for each thread that others cannot
 * use: at its peak a step then takes a quarter more memory than its tensors, but it need not ask the system for each.
 * Has to be called before TensorFlow starts, and holds for the process; without effect where the C library is not glibc.
 */
export function leanMemory(): void {
  const pool = "TF_ONEDNN_USE_SYSTEM_ALLOCATOR";
  if (Deno.build.os !== "linux" || (Deno.env.get(pool) ?? "") !== "") return;
  try {
    withLibc(
      { mallopt: { parameters: ["i32", "i32"], result: "i32" } },
      ({ mallopt }) => {
        mallopt(ARENA_MAX, 1);
        mallopt(MMAP_THRESHOLD, RETURNED);
      },
    );
  } catch {
    // Another C library has no such settings, and TensorFlow's pool is better than its heap.
    return;
  }
  Deno.env.set(pool, "1");
}
