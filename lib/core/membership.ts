/** The processes that train one network together, and which of them this one is. */
export interface Membership {
  /** `host:port` of each process, by rank. */
  readonly addresses: readonly string[];
  /** This process's rank, an integer in [0, addresses.length). */
  readonly rank: number;
}
