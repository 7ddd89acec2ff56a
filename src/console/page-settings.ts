/** What the page says of the tenant that it came from. */
export interface PageSettings {
  /** With a slash at its end. */
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  /** Names of what this tenant has beside its Management API. */
  readonly documents: readonly string[];
}

const tag = document.querySelector<HTMLMetaElement>('meta[name=portcullis-console]');

/** Read from the page once; it never changes while the page is there. */
export const pageSettings: PageSettings = JSON.parse(tag?.content ?? '{}');

/** What the editor's style sheets have to carry for the page to take them. */
export const styleNonce = tag?.nonce ?? '';
