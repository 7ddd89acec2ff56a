/** One thing that was made or altered on the tenant. */
export interface Change {
  readonly resource: 'role' | 'application' | 'client_grant' | 'action' | 'binding';
  readonly name: string;
  readonly kind: 'created' | 'updated' | 'deployed' | 'bound';
}
