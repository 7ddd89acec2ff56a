import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';

/** The context that the OpenID Connect library's web framework passes to a handler. */
export type WebContext = Parameters<Parameters<Provider['use']>[0]>[0];

/** The context within the library's own endpoints. */
export type OidcContext = KoaContextWithOIDC;
