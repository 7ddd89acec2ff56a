import { createHash } from 'node:crypto';

/** The members of a profile that Auth0 fills in if they are missing. */
export interface ProfileDefaults {
  readonly name: string;
  readonly nickname: string;
  readonly picture: string;
}

/**
 * The profile that Auth0 gives a user if it knows only the e-mail address: the address as the name, its local part as
 * the nickname, and a Gravatar picture that falls back to the initials. The picture is only a string: neither the
 * tenant nor its pages ever fetch it.
 *
 * @param email an e-mail address.
 * @example
 * profileDefaults('Ada@example.com').nickname; // 'ada'
 * @see Auth0 docs: "User Profile Structure"; Gravatar docs: "Images".
 */
export function profileDefaults(email: string): ProfileDefaults {
  const address = email.toLowerCase();
  const [localPart = address] = address.split('@');
  const initials = localPart.replace(/[^a-z0-9]/g, '').slice(0, 2) || 'xx';
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${initials}.png`);
  // Gravatar's own key, not a secret: it finds pictures by MD5.
  const key = createHash('md5').update(address).digest('hex');
  return {
    name: address,
    nickname: localPart,
    picture: `https://s.gravatar.com/avatar/${key}?s=480&r=pg&d=${fallback}`,
  };
}
