/**
 * Reading protocol buffers, in which TensorFlow describes its operations and times.
 *
 * @module
 */

/** A field that holds text; empty where it is missing. */
export function text(value: Uint8Array | number | undefined): string {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : "";
}

/**
 * The fields of a message: varints as numbers, everything with a length as bytes, the rest left out.
 *
 * @param bytes A serialised message.
 * @returns Number and value of each field, in order.
 */
export function* fields(bytes: Uint8Array): Generator<[field: number, value: Uint8Array | number]> {
  let at = 0;
  const varint = () => {
    let value = 0, scale = 1;
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield [field, varint()];
        break;
      case 2: {
        const length = varint();
        yield [field, bytes.subarray(at, at + length)];
        at += length;
        break;
      }
      case 1:
        at += 8;
        break;
      case 5:
        at += 4;
        break;
    }
  }
}
