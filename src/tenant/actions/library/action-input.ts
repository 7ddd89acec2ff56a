import { Problem } from '../../../problem/problem.ts';
import type {
  ActionDependency,
  ActionSecret,
  ActionTriggerReference,
} from '../../store/records/actions/action-repository.ts';
import { type DependencyInput, dependencySpecification } from '../builds/dependency-specification.ts';
import { currentVersion, isTrigger, RUNTIMES, TRIGGERS } from './published-triggers.ts';

/** Source: Auth0's documentation, "Actions Limitations" and "Entity Limit Policy". */
export const ACTION_LIMITS = {
  /** Bytes. */
  code: 100 * 1024,
  secrets: 30,
  /** Characters. */
  secretName: 128,
  secretValue: 4096,
  dependencies: 10,
  actions: 100,
  modules: 100,
  /** Secrets of one Action. */
  modulesUsed: 3,
  /** Characters; Auth0's description gives a module fewer than an Action. */
  moduleCode: 65_536,
  bindings: 20,
  versions: 50,
  /** Characters. */
  name: 255,
} as const;

export type SecretInput = { readonly name: string; readonly value?: string };

/** @throws Problem `invalid` */
export function checkedName(name: string): string {
  if (name.trim() === '' || name.length > ACTION_LIMITS.name) {
    throw new Problem('invalid', `The name of an Action has 1 to ${ACTION_LIMITS.name} characters.`);
  }
  return name;
}

/** @throws Problem `too_large` */
export function checkedCode(code: string): string {
  if (Buffer.byteLength(code) > ACTION_LIMITS.code) {
    throw new Problem('too_large', `The code of an Action must not exceed ${ACTION_LIMITS.code / 1024} kB.`);
  }
  return code;
}

/** @throws Problem `invalid` */
export function checkedRuntime(runtime: string): string {
  if (!(RUNTIMES as readonly string[]).includes(runtime)) {
    throw new Problem('invalid', `"${runtime}" is not a runtime. Choose one of ${RUNTIMES.join(', ')}.`);
  }
  return runtime;
}

/** @throws Problem `unknown_trigger`, `invalid` */
export function checkedTriggers(triggers: readonly Partial<ActionTriggerReference>[]): ActionTriggerReference[] {
  if (triggers.length !== 1) throw new Problem('invalid', 'An Action supports exactly one trigger.');
  return triggers.map((given) => {
    const id = given.id ?? '';
    if (!isTrigger(id)) throw new Problem('unknown_trigger', `There is no trigger "${id}".`);
    const version = given.version ?? currentVersion(id) ?? '';
    if (!TRIGGERS.some((known) => known.id === id && known.version === version)) {
      throw new Problem('unknown_trigger', `The trigger ${id} has no version "${version}".`);
    }
    return { id, version };
  });
}

/** @throws Problem `too_many`, `invalid` */
export function checkedDependencies(given: readonly DependencyInput[]): ActionDependency[] {
  if (given.length > ACTION_LIMITS.dependencies) {
    throw new Problem('too_many', `An Action has at most ${ACTION_LIMITS.dependencies} dependencies.`);
  }
  const dependencies = given.map(dependencySpecification);
  refuseRepeated(dependencies, 'dependency');
  return dependencies;
}

/**
 * Checks secrets that replace earlier ones. A secret without a value keeps its earlier value.
 *
 * @throws Problem `too_many`, `too_large`, `invalid`
 */
export function checkedSecrets(
  given: readonly SecretInput[],
  earlier: readonly ActionSecret[],
  now: string,
): ActionSecret[] {
  if (given.length > ACTION_LIMITS.secrets) {
    throw new Problem('too_many', `An Action has at most ${ACTION_LIMITS.secrets} secrets.`);
  }
  refuseRepeated(given, 'secret');
  return given.map(({ name, value }) => {
    if (name === '') throw new Problem('invalid', 'A secret needs a name.');
    if (name.length > ACTION_LIMITS.secretName) {
      throw new Problem('too_large', `The name of a secret has at most ${ACTION_LIMITS.secretName} characters.`);
    }
    const before = earlier.find((secret) => secret.name === name);
    if (value === undefined) {
      if (before === undefined) throw new Problem('invalid', `The secret "${name}" is new and needs a value.`);
      return before;
    }
    if (value.length > ACTION_LIMITS.secretValue) {
      throw new Problem('too_large', `The secret "${name}" has more than ${ACTION_LIMITS.secretValue} characters.`);
    }
    return before?.value === value ? before : { name, value, updated_at: now };
  });
}

function refuseRepeated(given: readonly { readonly name: string }[], what: string): void {
  const names = new Set<string>();
  for (const { name } of given) {
    if (names.has(name)) throw new Problem('invalid', `The ${what} "${name}" is given twice.`);
    names.add(name);
  }
}
