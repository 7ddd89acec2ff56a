/** The tenant's settings for the console, from the page itself. */
export interface PageSettings {
  /** Ends with a slash. */
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  /** Names of the documents that this tenant serves in addition to its Management API. */
  readonly documents: readonly string[];
}

const tag = document.querySelector<HTMLMetaElement>('meta[name=portcullis-console]');

/** Read from the page once: the settings do not change while the page is open. */
export const pageSettings: PageSettings = JSON.parse(tag?.content ?? '{}');

/** The nonce that the page's Content Security Policy asks of the editor's style sheets. */
export const styleNonce = tag?.nonce ?? '';
