/**
 * Description of a sampler.
 *
 * @module
 */
import type { Sampler } from "./stream.ts";

/** Description of a sampler, from which its token in recipes follows. */
export interface SamplerDescription {
  /** Token in recipes. */
  readonly token: string;
  /** Short description. */
  readonly about: string;
  /** Publication that it comes from. */
  readonly source: string;
  /** Makes the sampler of a training that draws `draws` images in total. */
  readonly sampler: (draws: number) => Sampler;
}
