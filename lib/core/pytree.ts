/**
 * Arrays and records of tensors, nested as deep as one likes: what a traced function takes and returns.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";

/** A tensor, or an array or record of trees. */
export type Tree = tf.Tensor | readonly Tree[] | { readonly [name: string]: Tree };

/** The shape of a tree, without its tensors. */
export type Structure = null | Structure[] | { [name: string]: Structure };

/**
 * Takes a tree apart.
 *
 * @param tree Nested arrays and records.
 * @param name What an error calls it.
 * @returns Its tensors in a fixed order, and what is needed to put others in their places.
 * @throws {TypeError} If a leaf is not a tensor, with the path to it.
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
 * Puts tensors in the places of a structure.
 *
 * @param structure From {@linkcode takeApart}.
 * @param tensors As many tensors as the structure has places.
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
