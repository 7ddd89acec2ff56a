import type { ScreenContent } from '../screen-content.ts';
import type { Page } from './document.ts';
import { markup } from './markup.ts';

/**
 * The page after the verification of an e-mail address whose ticket names no page to return to.
 *
 * @param message what has happened
 * @example
 * emailVerifiedPage(screenContent(store, ctx, { prompt: 'email-verification', screen: 'email-verification-result' }), message);
 */
export function emailVerifiedPage(content: ScreenContent, message: string): Page {
  const { text } = content;
  return {
    screen: content,
    title: text('pageTitle') ?? 'Email verified',
    heading: text('verifiedTitle') ?? 'Email verified',
    body: markup`<p>${text('verifiedDescription') ?? message}</p>`,
  };
}
