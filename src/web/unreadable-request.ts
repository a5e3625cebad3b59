import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemText, problemTitle } from '../texts/refusals.js';

const REFUSALS: Record<string, { status: number; code: string }> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'too-slow' },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers-too-large' },
};
const MALFORMED = { status: 400, code: 'malformed' };

/** What the HTTP parser could not read gets a problem like every other refusal, and the connection ends. */
export function refuseUnreadable(publicUrl: string, error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code } = REFUSALS[error.code ?? ''] ?? MALFORMED;
  const body = JSON.stringify({ type: `${publicUrl}/problems/${code}`, title: problemTitle(status), status, detail: problemText(code) });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
