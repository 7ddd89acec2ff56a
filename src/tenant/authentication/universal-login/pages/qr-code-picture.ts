import { qrCode } from '../../../factors/qr-code.ts';
import { type Markup, markup } from './markup.ts';

/** Modules of white that a reader needs around a code. */
const QUIET = 4;

/**
 * A text as a QR code, drawn within the page itself: nothing is fetched, and no other service gets to see it.
 *
 * @returns nothing for a text that no code of the tenant's can hold.
 * @example
 * qrCodePicture('otpauth://totp/…');
 */
export function qrCodePicture(text: string): Markup {
  let rows: boolean[][];
  try {
    rows = qrCode(text);
  } catch (error) {
    if (error instanceof RangeError) return markup``;
    throw error;
  }
  const size = rows.length + 2 * QUIET;
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('');
  return markup`<svg class="code-picture" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code for an authenticator app" shape-rendering="crispEdges">
<path fill="#ffffff" d="M0 0h${size}v${size}h-${size}z"/>
<path fill="#000000" d="${path}"/>
</svg>`;
}
