/**
 * The Action's settings beside the policy: the tenant that it runs on. Plain data; it is part of the
 * Action's code, so nothing here may be secret.
 *
 * The secret of the machine-to-machine application is the Action's secret `clientSecret`.
 */
export interface ActionSettings {
  /** The tenant's canonical domain, not a custom one, without `https://`; may carry a port. */
  readonly domain: string;
  /**
   * Client id of the machine-to-machine application. It is here so that another application gives other code: secrets
   * cannot be read back from a tenant, so they do not show which application they belong to.
   */
  readonly clientId: string;
  /** The id (`rol_…`) of every role that the policy may assign, by the role's name. */
  readonly roleIds: Readonly<Record<string, string>>;
  /**
   * The origin of `/v2/logout` for a domain whose origin is not `https://` and the domain itself, such as
   * `{ 'localhost:4001': 'http://localhost:4001' }` on a local tenant. Empty on Auth0.
   */
  readonly logoutOrigins: Readonly<Record<string, string>>;
}
