/**
 * Tensors whose values are in the memory of an accelerator.
 *
 * @module
 */
import type { Metadata, Read } from "./executor.ts";

/** Values of a tensor in the memory of an accelerator. */
export interface Remote extends Omit<Metadata, "id"> {
  /** Copies the values, blocking the event loop until they are computed. */
  readNow(): Read;
  /** Copies the values without blocking the event loop. */
  read(): Promise<Read>;
  /** Frees the memory. */
  free(): void;
}

/** The tensors, or copies of them, that are in the memory of an accelerator, by id. */
export class RemoteTable {
  readonly #remotes = new Map<number, Remote>();
  readonly #usedUp = new Set<number>();

  /** Whether a tensor is there. */
  has(id: number): boolean {
    return this.#remotes.has(id);
  }

  /** Returns the values of a tensor, if they are there. */
  get(id: number): Remote | undefined {
    return this.#remotes.get(id);
  }

  /** Takes ownership of the values of a tensor, or of a copy of them. */
  set(id: number, remote: Remote): void {
    this.#remotes.set(id, remote);
  }

  /** Frees the values of a tensor that is deleted. */
  delete(id: number): void {
    this.#usedUp.delete(id);
    this.#remotes.get(id)?.free();
    this.#remotes.delete(id);
  }

  /** Frees the values of a tensor that a program has used up; those elsewhere can still be read. */
  useUp(id: number, { isElsewhere }: { isElsewhere: boolean }): void {
    const remote = this.#remotes.get(id);
    if (!remote) return;
    remote.free();
    this.#remotes.delete(id);
    if (!isElsewhere) this.#usedUp.add(id);
  }

  /** Whether a program has used a tensor up that has not been deleted since. */
  isUsedUp(id: number): boolean {
    return this.#usedUp.has(id);
  }

  /** Number of tensors that are not deleted and not among others. */
  countWithout(others: ReadonlyMap<number, unknown>): number {
    let count = this.#usedUp.size;
    for (const id of this.#remotes.keys()) if (!others.has(id)) count++;
    return count;
  }
}
