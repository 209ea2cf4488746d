/**
 * Arbitrarily nested arrays and records of tensors: arguments and results of traced functions.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";

/** A tensor, or an array or record of trees. */
export type Tree = tf.Tensor | readonly Tree[] | { readonly [name: string]: Tree };

/** The structure of a tree without its tensors; `null` for a leaf. */
export type Structure = null | Structure[] | { [name: string]: Structure };

/**
 * Flattens a tree into a list of tensors and its structure.
 *
 * @param tree Nested arrays and records.
 * @param name Name of the tree in error messages.
 * @returns The tensors in a fixed order, and the structure for {@linkcode putTogether}.
 * @throws {TypeError} If a leaf is not a tensor; the message contains its path.
 */
export function takeApart(
  tree: Tree,
  name: string,
): { tensors: tf.Tensor[]; structure: Structure } {
  const tensors: tf.Tensor[] = [];
  const walk = (node: Tree, path: string): Structure => {
    if (node instanceof tf.Tensor) {
      tensors.push(node);
      return null;
    }
    if (Array.isArray(node)) return node.map((child, i) => walk(child, `${path}[${i}]`));
    if (typeof node === "object" && node !== null && !ArrayBuffer.isView(node)) {
      const structure: Structure = {};
      for (const [key, child] of Object.entries(node)) {
        structure[key] = walk(child as Tree, `${path}.${key}`);
      }
      return structure;
    }
    throw new TypeError(
      `Expected ${path} to be a tensor, or an array or record of tensors, but found ${
        node === null ? "null" : typeof node
      }: wrap numbers in tf.scalar`,
    );
  };
  return { structure: walk(tree, name), tensors };
}

/**
 * Rebuilds a tree from its structure and a list of tensors: the inverse of {@linkcode takeApart}.
 *
 * @param structure Structure from {@linkcode takeApart}.
 * @param tensors One tensor for each leaf of the structure.
 * @returns The tree.
 */
export function putTogether(structure: Structure, tensors: readonly tf.Tensor[]): Tree {
  let next = 0;
  const build = (node: Structure): Tree => {
    if (node === null) return tensors[next++];
    if (Array.isArray(node)) return node.map(build);
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, build(child)]));
  };
  return build(structure);
}
