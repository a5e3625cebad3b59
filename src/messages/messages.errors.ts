/** A message did not go. `code` says why, without a word of the server's answer: that may hold an address. */
export class SendingFailed extends Error {
  constructor(
    readonly code: string,
    /** True when the same message would be refused again. */
    readonly permanent: boolean,
  ) {
    super(code);
  }
}
