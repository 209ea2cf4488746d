/**
 * Parser of protocol buffers, TensorFlow's format of operation definitions and timings.
 *
 * @module
 */

/** Decodes a text field; empty if it is missing. */
export function text(value: Uint8Array | number | undefined): string {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : "";
}

/**
 * Parses the fields of a message: varints as numbers, length-delimited fields as bytes; others are skipped.
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
