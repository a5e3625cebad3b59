/** What a failure tells beside itself: this address takes nothing, or nobody knows whether the message was taken. */
export type FailureMeaning = 'bad-address' | 'unknown-outcome' | null;

/** A message did not go. `code` says why, without a word of the server's answer: that may hold an address. */
export class SendingFailed extends Error {
  constructor(
    readonly code: string,
    /** True when the same message would be refused again. */
    readonly permanent: boolean,
    readonly meaning: FailureMeaning = null,
  ) {
    super(code);
  }
}
