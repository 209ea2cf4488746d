/**
 * Restriction of a listening port to one network address.
 *
 * @module
 */

/** Values of Linux's system headers. */
const SOL_SOCKET = 1, SO_ATTACH_FILTER = 26, AF_INET = 2;
/** Offset at which a socket filter reads the header of the network layer. */
const NETWORK_HEADER = 0xfff00000;
/** State of a listening socket in `/proc/net/tcp`. */
const LISTEN = "0A";

/**
 * Makes the listening port of an address deaf to packets for other addresses: TensorFlow listens on all addresses of the
 * machine, which no setting changes. The kernel drops such packets by a filter of the socket.
 *
 * Only on Linux and for IPv4. An address by name that the machine itself resolves to a loopback address, as Debian does
 * for its own name, is not restricted, since other machines know it by another address.
 *
 * @param address Address of this process, `host:port`, on which it listens already.
 * @returns Whether the port is restricted.
 */
export function listenOnlyOn(address: string): boolean {
  if (Deno.build.os !== "linux") return false;
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, colon), port = Number(address.slice(colon + 1));
  const ip = /^[\d.]+$/.test(host) ? host : resolved(host);
  if (ip === undefined || (ip.startsWith("127.") && host !== ip && host !== "localhost")) {
    return false;
  }
  const socket = listeningSocket(port);
  return socket !== undefined && attach(socket, onlyFor(ip));
}

/** Returns the descriptor of this process's socket that listens on a port. */
function listeningSocket(port: number): number | undefined {
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const inodes = ["tcp", "tcp6"].flatMap((table) =>
    Deno.readTextFileSync(`/proc/self/net/${table}`).trim().split("\n").slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, address, , state]) => address.endsWith(local) && state === LISTEN)
      .map((fields) => `socket:[${fields[9]}]`)
  );
  for (const { name } of Deno.readDirSync("/proc/self/fd")) {
    try {
      if (inodes.includes(Deno.readLinkSync(`/proc/self/fd/${name}`))) return Number(name);
    } catch {
      // Closed since.
    }
  }
}

/** Returns a program of the Berkeley packet filter that accepts IPv4 packets for one address. */
function onlyFor(ip: string): Uint8Array<ArrayBuffer> {
  const word = ip.split(".").reduce((number, byte) => number * 256 + Number(byte), 0);
  const loadByte = 0x30, loadWord = 0x20, shiftRight = 0x74, jumpIfEqual = 0x15, exit = 0x06;
  const version = 0, destination = 16;
  const instructions = [
    [loadByte, 0, 0, NETWORK_HEADER + version],
    [shiftRight, 0, 0, 4],
    [jumpIfEqual, 0, 3, 4],
    [loadWord, 0, 0, NETWORK_HEADER + destination],
    [jumpIfEqual, 0, 1, word],
    [exit, 0, 0, 0xffffffff],
    [exit, 0, 0, 0],
  ];
  const program = new Uint8Array(8 * instructions.length), view = new DataView(program.buffer);
  instructions.forEach(([code, onTrue, onFalse, operand], i) => {
    view.setUint16(8 * i, code, true);
    view.setUint8(8 * i + 2, onTrue);
    view.setUint8(8 * i + 3, onFalse);
    view.setUint32(8 * i + 4, operand, true);
  });
  return program;
}

/** Attaches a filter to a socket. */
function attach(socket: number, program: Uint8Array<ArrayBuffer>): boolean {
  const libc = Deno.dlopen("libc.so.6", {
    setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  });
  const description = new BigUint64Array([
    BigInt(program.length / 8),
    Deno.UnsafePointer.value(Deno.UnsafePointer.of(program)),
  ]);
  const { setsockopt } = libc.symbols;
  const failed = setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, description, 16);
  libc.close();
  return failed === 0;
}

/** Returns the IPv4 address of a host name, as this machine resolves it. */
function resolved(host: string): string | undefined {
  const libc = Deno.dlopen("libc.so.6", {
    getaddrinfo: { parameters: ["buffer", "pointer", "buffer", "buffer"], result: "i32" },
    freeaddrinfo: { parameters: ["pointer"], result: "void" },
  });
  const name = new TextEncoder().encode(host + "\0");
  const hints = new Int32Array(12), found = new BigUint64Array(1);
  hints[1] = AF_INET;
  let ip: string | undefined;
  if (libc.symbols.getaddrinfo(name, null, hints, found) === 0) {
    const list = Deno.UnsafePointer.create(found[0])!;
    const address = new Deno.UnsafePointerView(list).getPointer(24)!;
    ip = new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(address, 4, 4)).join(".");
    libc.symbols.freeaddrinfo(list);
  }
  libc.close();
  return ip;
}
