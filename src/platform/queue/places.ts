/** Work of which only so much is done at once; what comes later waits for a place, in order. */
export class Places {
  private readonly waiting: { begin: () => void; refuse: (error: Error) => void }[] = [];
  private closed = false;

  constructor(private free: number) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new Error('No more work is begun');
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((begin, refuse) => this.waiting.push({ begin, refuse }));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next.begin();
      else this.free += 1;
    }
  }

  /** What has not begun never will. */
  close(): void {
    this.closed = true;
    for (const { refuse } of this.waiting.splice(0)) refuse(new Error('No more work is begun'));
  }
}
