/**
 * Deep equality as the standard library defines it: by structure and class, `NaN` equal to itself,
 * `0` equal to `-0`, a key holding `undefined` different from a missing one.
 *
 * @module
 */

type Pairs = Map<object, Set<object>>;

/**
 * Checks whether two values are deeply equal.
 *
 * @param a One value.
 * @param b The other.
 * @returns Whether they are equal.
 * @throws {TypeError} If both are WeakMaps or both WeakSets, whose entries cannot be enumerated.
 */
export function equal(a: unknown, b: unknown): boolean {
  return same(a, b, new Map());
}

function same(a: unknown, b: unknown, assumed: Pairs): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (
    typeof a !== "object" || typeof b !== "object" || a === null || b === null
  ) return false;
  if (classOf(a) !== classOf(b)) return false;
  const known = assumed.get(a);
  if (known?.has(b)) return true; // A cycle: equal unless another part differs.
  if (known) known.add(b);
  else assumed.set(a, new Set([b]));

  if (a instanceof RegExp || a instanceof URL) return String(a) === String(b);
  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof WeakMap || a instanceof WeakSet) {
    throw new TypeError(`cannot compare ${a.constructor.name} instances`);
  }
  if (a instanceof WeakRef) {
    return same(a.deref(), (b as typeof a).deref(), assumed);
  }
  if (ArrayBuffer.isView(a) && !(a instanceof DataView)) {
    return sameNumbers(a as unknown as Numbers, b as unknown as Numbers);
  }
  if (a instanceof ArrayBuffer) {
    return sameNumbers(new Uint8Array(a), new Uint8Array(b as ArrayBuffer));
  }
  if (a instanceof Map) {
    return sameEntries([...a], [...(b as typeof a)], assumed);
  }
  if (a instanceof Set) {
    return sameEntries([...a], [...(b as typeof a)], assumed);
  }
  if (Array.isArray(a) && a.length !== (b as unknown[]).length) return false;
  return sameProperties(a, b, assumed);
}

/** Returns the class of an object; those without a prototype count as plain objects. */
function classOf(value: object): unknown {
  return value.constructor ?? Object;
}

type Numbers = ArrayLike<number | bigint>;

function sameNumbers(a: Numbers, b: Numbers): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) {
      return false;
    }
  }
  return true;
}

/** Copies the assumed pairs, so that a failed match leaves no assumptions for the next candidate. */
function copy(assumed: Pairs): Pairs {
  return new Map(
    Array.from(assumed, ([key, partners]) => [key, new Set(partners)]),
  );
}

/** Checks whether the entries of `a` can be matched one to one with equal entries of `b`, in any order. */
function sameEntries(a: unknown[], b: unknown[], assumed: Pairs): boolean {
  if (a.length !== b.length) return false;
  const left = new Set(b.keys());
  return a.every((entry, place) => {
    // Most collections are filled in the same order, so the same index is tried first.
    for (const candidate of left.has(place) ? [place, ...left] : left) {
      if (same(entry, b[candidate], copy(assumed))) {
        return left.delete(candidate);
      }
    }
    return false;
  });
}

function sameProperties(a: object, b: object, assumed: Pairs): boolean {
  const keys = enumerable(a);
  if (keys.length !== enumerable(b).length) return false;
  return keys.every((key) =>
    Object.prototype.propertyIsEnumerable.call(b, key) &&
    same(a[key as keyof object], b[key as keyof object], assumed)
  );
}

function enumerable(value: object): PropertyKey[] {
  return Reflect.ownKeys(value).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(value, key)
  );
}
