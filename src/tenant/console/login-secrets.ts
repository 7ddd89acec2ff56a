import { secretsInReach } from '../actions/library/module-references.ts';
import { secretMask } from '../actions/run/secret-mask.ts';
import type { JsonValue } from '../store/json-value.ts';
import type { ActionSecret } from '../store/records/actions/action-repository.ts';
import type { Store } from '../store/store.ts';

/** Number of versions whose secrets are cached. A deployed version never changes. */
const MAX_CACHED_VERSIONS = 100;

/** Masks the secrets of the Actions that took part in a login, in case one of them has output a secret. */
export class LoginSecrets {
  readonly #store: Store;
  readonly #secretsByVersion = new Map<string, readonly ActionSecret[]>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * @example
   * secrets.maskFor(outcome.executions)({ key: 'hunter2' }) // { key: '[secret KEY]' }
   */
  maskFor(executions: readonly string[]): <Value>(value: Value) => Value {
    const versions = executions.flatMap((id) => this.#store.executions.find(id)?.results ?? []);
    const secrets = [...new Set(versions.map(({ version_id }) => version_id))].flatMap((id) => this.#findSecrets(id));
    const mask = secretMask(secrets);
    // The data of a login is JSON.
    return <Value>(value: Value) => mask(value as JsonValue) as Value;
  }

  #findSecrets(versionId: string): readonly ActionSecret[] {
    const cached = this.#secretsByVersion.get(versionId);
    if (cached !== undefined) return cached;
    const version = this.#store.actions.findVersion(versionId);
    const found = version === undefined ? [] : secretsInReach(this.#store, version);
    if (this.#secretsByVersion.size >= MAX_CACHED_VERSIONS) this.#secretsByVersion.clear();
    this.#secretsByVersion.set(versionId, found);
    return found;
  }
}
