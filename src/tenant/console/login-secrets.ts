import { secretsInReach } from '../actions/library/module-references.ts';
import { secretMask } from '../actions/run/secret-mask.ts';
import type { JsonValue } from '../store/json-value.ts';
import type { ActionSecret } from '../store/records/actions/action-repository.ts';
import type { Store } from '../store/store.ts';

/** Versions whose secrets are remembered: what they were deployed with does not change. */
const mostVersions = 100;

/** Masks the secrets of the Actions that took part in a login, should one of them have said one. */
export class LoginSecrets {
  readonly #store: Store;
  readonly #ofVersions = new Map<string, readonly ActionSecret[]>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * @example
   * secrets.maskFor(outcome.executions)({ key: 'hunter2' }) // { key: '[secret KEY]' }
   */
  maskFor(executions: readonly string[]): <Value>(value: Value) => Value {
    const versions = executions.flatMap((id) => this.#store.executions.find(id)?.results ?? []);
    const secrets = [...new Set(versions.map(({ version_id }) => version_id))].flatMap((id) => this.#secretsOf(id));
    const mask = secretMask(secrets);
    // What a login leaves is JSON.
    return <Value>(value: Value) => mask(value as JsonValue) as Value;
  }

  #secretsOf(versionId: string): readonly ActionSecret[] {
    const known = this.#ofVersions.get(versionId);
    if (known !== undefined) return known;
    const version = this.#store.actions.findVersion(versionId);
    const found = version === undefined ? [] : secretsInReach(this.#store, version);
    if (this.#ofVersions.size >= mostVersions) this.#ofVersions.clear();
    this.#ofVersions.set(versionId, found);
    return found;
  }
}
