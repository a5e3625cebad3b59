/** What a mail that came back says: RFC 3464 (delivery status), RFC 5965 (abuse reports). Everything in it may be made up. */
export interface ReturnedMail {
  kind: 'failed' | 'delayed' | 'complaint' | 'other';
  /** `5.1.1`; null when none is said. */
  status: string | null;
  /** The address takes nothing: not only this mail, or only now. */
  badAddress: boolean;
  /** Addresses to which it came back, lower case. */
  to: string[];
  /** Message-IDs of the mail that it is about. */
  messageIds: string[];
  /** To whom that mail went, as far as it says. */
  recipient: string | null;
}

const STATUS = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;
/** The end of a header block. */
const BLANK = /\r?\n\r?\n/;
const MOST_PARTS = 20;

/** The enhanced status code (RFC 3463) in what a server says. */
export const statusIn = (said: string | undefined): string | null => STATUS.exec(said ?? '')?.[0] ?? null;

/** Refused for good, and because of the address: not full (x.2.2), too large, over what it says (x.6) or who sends it (x.7). */
export function saysBadAddress(status: string | null): boolean {
  if (status === null) return true;
  return status.startsWith('5.') && !/^5\.(2\.[23]|3\.|6\.|7\.)/.test(status);
}

/** Reads the report part of a returned mail; a vacation notice or any other mail is `other`. */
export function readReturned(raw: string): ReturnedMail {
  const [head, body] = split(raw);
  const to = ['delivered-to', 'x-original-to', 'envelope-to', 'to'].flatMap((name) => addresses(head.get(name)));
  const parts = partsOf(head, body);
  const status = parts.find(({ type }) => type === 'message/delivery-status');
  const abuse = parts.find(({ type }) => type === 'message/feedback-report');
  const original = parts.find(({ type }) => type === 'message/rfc822' || type === 'text/rfc822-headers');
  const originalHead = original ? split(original.body.trimStart())[0] : new Map<string, string>();
  const messageIds = ids(originalHead.get('message-id'));
  const common = { to: [...to, ...addresses(originalHead.get('return-path'))], messageIds };
  if (abuse) {
    const [report] = split(abuse.body);
    const isAbuse = (report.get('feedback-type') ?? '').trim().toLowerCase() !== 'not-spam';
    return { ...common, kind: isAbuse ? 'complaint' : 'other', status: null, badAddress: false, recipient: lastAddress(report.get('original-rcpt-to')) };
  }
  if (status) return { ...common, ...delivery(status.body) };
  return { ...common, kind: 'other', status: null, badAddress: false, recipient: null };
}

/** Each group after the first is about one recipient; ours go to one. */
function delivery(body: string): Pick<ReturnedMail, 'kind' | 'status' | 'badAddress' | 'recipient'> {
  const groups = body.trimStart().split(BLANK).map(headers).filter((group) => group.has('action'));
  const found = groups.find((group) => isAction(group, 'failed')) ?? groups.find((group) => isAction(group, 'delayed'));
  if (!found) return { kind: 'other', status: null, badAddress: false, recipient: null };
  const status = statusIn(found.get('status'));
  const kind = isAction(found, 'failed') ? 'failed' : 'delayed';
  const badAddress = kind === 'failed' && status !== null && saysBadAddress(status);
  return { kind, status, badAddress, recipient: lastAddress(found.get('original-recipient') ?? found.get('final-recipient')) };
}

const isAction = (group: ReadonlyMap<string, string>, action: string): boolean => group.get('action')!.trim().toLowerCase().startsWith(action);

interface Part {
  type: string;
  body: string;
}

function partsOf(head: ReadonlyMap<string, string>, body: string): Part[] {
  const type = head.get('content-type') ?? '';
  const boundary = /boundary\s*=\s*(?:"([^"\r\n]{1,100})"|([^\s;]{1,100}))/i.exec(type);
  const name = boundary?.[1] ?? boundary?.[2];
  if (!/^\s*multipart\/report\b/i.test(type) || name === undefined) return [];
  return `\n${body}`
    .split(`\n--${name}`)
    .slice(1, MOST_PARTS + 1)
    .filter((part) => !part.startsWith('--'))
    .map((part) => {
      const [partHead, content] = split(part.replace(/^[^\n]*\n/, ''));
      const plainType = (partHead.get('content-type') ?? 'text/plain').split(';')[0]!.trim().toLowerCase();
      return { type: plainType, body: decoded(content, partHead.get('content-transfer-encoding')) };
    });
}

/** Headers by lower-case name, the first of each, and what follows. */
function split(text: string): [ReadonlyMap<string, string>, string] {
  // A part may have no headers at all.
  if (/^\r?\n/.test(text)) return [new Map(), text];
  const at = BLANK.exec(text);
  return at ? [headers(text.slice(0, at.index)), text.slice(at.index + at[0].length)] : [headers(text), ''];
}

function headers(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const row of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const at = row.indexOf(':');
    const name = row.slice(0, Math.max(at, 0)).trim().toLowerCase();
    if (at > 0 && !found.has(name)) found.set(name, row.slice(at + 1).trim());
  }
  return found;
}

function decoded(text: string, encoding = ''): string {
  if (/base64/i.test(encoding)) return Buffer.from(text, 'base64').toString();
  if (!/quoted-printable/i.test(encoding)) return text;
  return text.replace(/=\r?\n/g, '').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const ADDRESS = /[^\s<>",;:()]{1,64}@[^\s<>",;:()]{1,255}/g;
const addresses = (value = ''): string[] => (value.slice(0, 2000).match(ADDRESS) ?? []).map((one) => one.toLowerCase());
const lastAddress = (value: string | undefined): string | null => addresses(value).at(-1) ?? null;
const ids = (value = ''): string[] => value.slice(0, 2000).match(/<[^<>\s]{1,200}>/g) ?? [];

const RETURN_PATH = /^bounces\+([0-9a-f]{32})\.([0-9a-f]{20})@/;
const MAC_CHARACTERS = 20;

/** The address to which one message comes back: its id, and a proof that it was ours who made it. */
export function returnAddress(messageId: string, mac: Buffer, domain: string): string {
  return `bounces+${messageId.replaceAll('-', '')}.${mac.toString('hex').slice(0, MAC_CHARACTERS)}@${domain}`;
}

/** A return address taken apart; what is said in it is not proven yet. */
export function ofReturnAddress(address: string): { messageId: string; mac: string } | null {
  const match = RETURN_PATH.exec(address.toLowerCase());
  return match && { messageId: dashed(match[1]!), mac: match[2]! };
}

export const isMacOf = (mac: string, right: Buffer): boolean => mac === right.toString('hex').slice(0, MAC_CHARACTERS);

/** The id in a Message-ID of ours: `<uuid@host>`. */
export const ofMessageId = (messageId: string): string | null =>
  /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i.exec(messageId)?.[1]?.toLowerCase() ?? null;

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
