const NO_MORE = 'No more work is begun';
/** What hangs, a mail server that does not answer, holds up nothing else for longer. */
const LONGEST_REST_MS = 5000;

/** Work of which only so much is done at once; what comes later waits for a place, in order, and begins when nothing of `ahead` is at work. */
export class Places {
  private readonly waiting: { begin: () => void; refuse: (error: Error) => void }[] = [];
  private readonly resting: (() => void)[] = [];
  private atWork = 0;
  private closed = false;

  constructor(
    private free: number,
    private readonly ahead: Places | null = null,
    private readonly longestRestMs = LONGEST_REST_MS,
  ) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new Error(NO_MORE);
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((begin, refuse) => this.waiting.push({ begin, refuse }));
    try {
      if (this.ahead && this.ahead.atWork > 0) await this.ahead.rest(this.longestRestMs);
      if (this.closed) throw new Error(NO_MORE);
      return await this.do(work);
    } finally {
      const next = this.waiting.shift();
      if (next) next.begin();
      else this.free += 1;
    }
  }

  /** What has not begun never will. */
  close(): void {
    this.closed = true;
    for (const { refuse } of this.waiting.splice(0)) refuse(new Error(NO_MORE));
  }

  private async do<T>(work: () => Promise<T>): Promise<T> {
    this.atWork += 1;
    try {
      return await work();
    } finally {
      this.atWork -= 1;
      if (this.atWork === 0) for (const go of this.resting.splice(0)) go();
    }
  }

  /** Until nothing is at work here, or it took too long. */
  private rest(longestMs: number): Promise<void> {
    return new Promise((go) => {
      const timer = setTimeout(go, longestMs);
      this.resting.push(() => (clearTimeout(timer), go()));
    });
  }
}
