/**
 * Restriction of a listening port to one network address.
 *
 * @module
 */
import { withLibc } from "../../core/libc.ts";

/** Values of Linux's system headers. */
const SOL_SOCKET = 1, SO_ACCEPTCONN = 30, SO_ATTACH_FILTER = 26, AF_INET = 2;
/** Offset at which a socket filter reads the header of the network layer. */
const NETWORK_HEADER = 0xfff00000;
/** Descriptors to search for the socket, which is one of the first of a process. */
const DESCRIPTORS = 4096;

const LIBC = {
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  getaddrinfo: { parameters: ["buffer", "pointer", "buffer", "buffer"], result: "i32" },
  freeaddrinfo: { parameters: ["pointer"], result: "void" },
} as const;

/** Functions of the C library. */
type Libc = Deno.DynamicLibrary<typeof LIBC>["symbols"];

/**
 * Makes the kernel drop packets for other addresses that reach the listening port of an address, by a filter of the
 * socket: TensorFlow listens on all addresses of the machine, which no setting changes.
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
  return withLibc(LIBC, (libc) => {
    const ip = /^[\d.]+$/.test(host) ? host : resolved(libc, host);
    const isOther = ip?.startsWith("127.") && host !== ip && host !== "localhost";
    if (ip === undefined || isOther) return false;
    const socket = listeningSocket(libc, port);
    return socket !== undefined && attach(libc, socket, onlyFor(ip));
  });
}

/** Returns the descriptor of this process's socket that listens on a port. */
function listeningSocket(libc: Libc, port: number): number | undefined {
  const listens = new Int32Array(1), length = new Uint32Array(1);
  const address = new DataView(new ArrayBuffer(128));
  const bytes = new Uint8Array(address.buffer);
  for (let socket = 0; socket < DESCRIPTORS; socket++) {
    length[0] = 4;
    const failed = libc.getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, listens, length);
    if (failed !== 0 || listens[0] === 0) continue;
    length[0] = bytes.length;
    // The port follows the address family, in network byte order, for IPv4 and IPv6 alike.
    if (libc.getsockname(socket, bytes, length) === 0 && address.getUint16(2) === port) {
      return socket;
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
function attach(libc: Libc, socket: number, program: Uint8Array<ArrayBuffer>): boolean {
  const description = new BigUint64Array([
    BigInt(program.length / 8),
    Deno.UnsafePointer.value(Deno.UnsafePointer.of(program)),
  ]);
  return libc.setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, description, 16) === 0;
}

/** Returns the IPv4 address of a host name, as this machine resolves it. */
function resolved(libc: Libc, host: string): string | undefined {
  const name = new TextEncoder().encode(host + "\0");
  const hints = new Int32Array(12), found = new BigUint64Array(1);
  hints[1] = AF_INET;
  if (libc.getaddrinfo(name, null, hints, found) !== 0) return undefined;
  const list = Deno.UnsafePointer.create(found[0])!;
  const address = new Deno.UnsafePointerView(list).getPointer(24)!;
  const ip = new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(address, 4, 4)).join(".");
  libc.freeaddrinfo(list);
  return ip;
}
