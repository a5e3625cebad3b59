import type { VNode } from 'preact';
import QRCode from 'qrcode';

/** Quiet border around the code, in squares: cameras need it. */
const BORDER = 4;

/** More does not fit in a code that a telephone still reads from a screen. */
const LONGEST = 500;

/** A QR code as one path of squares: drawn here, so that no other service and no inline style or script is needed. */
export function QrCode({ text, label }: { text: string; label: string }): VNode | null {
  if (Buffer.byteLength(text) > LONGEST) return null;
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const side = size + 2 * BORDER;
  const squares = Array.from({ length: size * size }, (_, i) => i)
    .filter((i) => modules.data[i])
    .map((i) => `M${(i % size) + BORDER} ${Math.floor(i / size) + BORDER}h1v1h-1z`);
  return (
    <svg class="qr-code" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={side} height={side} class="qr-paper" />
      <path d={squares.join('')} class="qr-ink" />
    </svg>
  );
}
