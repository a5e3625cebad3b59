/** Where people reach this service from outside: PUBLIC_URL without a trailing slash. */
export class PublicUrl {
  readonly base: string;

  constructor(url: string) {
    this.base = url.replace(/\/+$/, '');
  }

  to(path: string): string {
    return this.base + path;
  }

  get host(): string {
    return new URL(this.base).hostname;
  }

  get secure(): boolean {
    return this.base.startsWith('https:');
  }
}
