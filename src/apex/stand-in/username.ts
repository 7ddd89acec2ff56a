import type { ProviderValues } from './provider.ts';

export interface UsernameRule {
  readonly attribute: string;
  readonly uppercase: boolean;
  readonly verify: boolean;
  readonly schemeName: string;
}

export type Username =
  | { readonly outcome: 'accepted'; readonly name: string }
  /** `Verify Attributes` is on and the provider reports the attribute as unverified. */
  | { readonly outcome: 'unverified'; readonly attribute: string }
  | { readonly outcome: 'missing' };

const PLACEHOLDER = /#([^#\s]+)#/g;

/**
 * Makes the username from the provider's response, by the attributes *Username*, *Convert Username To Upper Case* and
 * *Verify Attributes* of Social Sign-In. Only a literal false refuses: an absent `email_verified` does not.
 *
 * @example
 *   username({ email: 'ann@example.com', email_verified: false },
 *     { attribute: 'email', uppercase: false, verify: true, schemeName: 'AUTH0' })
 *   // { outcome: 'unverified', attribute: 'email' }
 * @see Oracle APEX, Creating a Social Sign-In authentication scheme
 */
export function username(values: ProviderValues, rule: UsernameRule): Username {
  const attribute = rule.attribute.trim();
  const named = [...attribute.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const attributes = named.length > 0 ? named.filter((name) => name !== 'APEX_AUTH_NAME') : [attribute];

  if (attributes.some((name) => textOf(values, name) === '')) return { outcome: 'missing' };
  const unverified = attributes.find((name) => isFalse(member(values, `${name}_verified`)));
  if (rule.verify && unverified !== undefined) return { outcome: 'unverified', attribute: unverified };

  const name =
    named.length > 0
      ? attribute.replace(PLACEHOLDER, (_, key: string) =>
          key === 'APEX_AUTH_NAME' ? rule.schemeName : textOf(values, key),
        )
      : textOf(values, attribute);
  return { outcome: 'accepted', name: rule.uppercase ? name.toUpperCase() : name };
}

function textOf(values: ProviderValues, name: string): string {
  const value = member(values, name);
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}

function member(values: ProviderValues, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
