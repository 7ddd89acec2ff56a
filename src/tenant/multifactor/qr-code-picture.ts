import { type Markup, markup } from '../authentication/universal-login/markup.ts';
export function qrCodePicture(_text: string): Markup {
  return markup``;
}
