/** Replaces secrets in the log. Reading the mask itself reveals nothing. */
export const mask = '*****';

const secretName = /secret$|^password$|^private_key$|^api_?key$|_token$/i;

/**
 * The names of the secrets in an answer, each once: members with a secret's name and a text as value.
 *
 * @example
 * returnedSecrets([{ name: 'App', client_secret: '…' }]) // ['client_secret']
 * @see Auth0 docs: "Log Event Type Codes" (`mgmt_api_read`, its `details.accessedSecrets`)
 */
export function returnedSecrets(answer: unknown): string[] {
  const names = new Set<string>();
  const waiting = [answer];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'string') {
        if (member !== '' && member !== mask && secretName.test(name)) names.add(name);
      } else if (typeof member === 'object' && member !== null) waiting.push(member);
    }
  }
  return [...names].sort();
}
