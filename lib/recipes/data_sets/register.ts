/**
 * The register of data sets: a line for each.
 *
 * @module
 */
export { builtinSet } from "./builtin.ts";
export { cifar10, cifar100, cifar100Lt, cifar10Lt } from "./cifar.ts";
export { images } from "./images.ts";
export { imagenet, imagenetLt, inaturalist2018, placesLt } from "./large.ts";
