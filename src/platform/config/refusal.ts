/** A reason not to start, in one line that says what to do. Printed without a stack; the process ends with code 1. */
export class Refusal extends Error {
  constructor(reason: string) {
    super(reason.replace(/\s+/g, ' ').trim());
    this.name = 'Refusal';
  }
}
