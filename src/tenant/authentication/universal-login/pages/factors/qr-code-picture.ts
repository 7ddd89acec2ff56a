import { encodeQR } from 'qr';
import { type Markup, markup } from '../markup.ts';

/** White modules that a scanner needs around a code. */
const QUIET_ZONE = 4;
/** Bytes in a code of version 20, 97 modules wide. A phone's camera has trouble with a finer code on this page. */
const MAX_BYTES = 666;

/**
 * A text as a QR code, drawn within the page itself. Nothing is fetched, and no other service sees the text.
 *
 * @returns empty markup if the text is too long for the picture.
 * @example
 * qrCodePicture('otpauth://totp/…');
 * @see ISO/IEC 18004: byte mode, error correction level M.
 */
export function qrCodePicture(text: string): Markup {
  if (Buffer.byteLength(text) > MAX_BYTES) return markup``;
  const rows = encodeQR(text, 'raw', { ecc: 'medium', encoding: 'byte', border: QUIET_ZONE });
  const size = rows.length;
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return markup`<svg class="code-picture" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code for an authenticator app" shape-rendering="crispEdges">
<path fill="#ffffff" d="M0 0h${size}v${size}h-${size}z"/>
<path fill="#000000" d="${path}"/>
</svg>`;
}
