import { z } from 'zod';
import { requestInfo } from '../../authorize/login-progress.ts';
import type { WebContext } from '../../http/web-context.ts';
import { isPrintable } from '../email-address.ts';
import { oneValue } from './database-request.ts';

/** Members of a new user's profile that an application may set at sign-up, besides the credentials. */
export interface SignupProfile {
  readonly given_name?: string;
  readonly family_name?: string;
  readonly name?: string;
  readonly nickname?: string;
  readonly picture?: string;
  readonly user_metadata?: Readonly<Record<string, string>>;
}

const MEMBERS = ['given_name', 'family_name', 'name', 'nickname', 'picture'] as const;

const text = z.string().max(300).refine(isPrintable);
const picture = z.url({ protocol: /^https?$/ }).max(2048);
/** Auth0's documented limits: ten properties, names of 100 characters, values of 500. */
const metadata = z
  .record(z.string().min(1).max(100), z.string().max(500))
  .refine((members) => Object.keys(members).length <= 10);

/**
 * Reads a profile from a sign-up. In a form, metadata have the form `user_metadata[name]=value`.
 *
 * @returns the profile, or a sentence that says what is wrong with it.
 * @example
 * const profile = signupProfile(ctx);
 * if (typeof profile === 'string') return refuse(profile);
 * @see Auth0 docs: "Signup" (Authentication API).
 */
export function signupProfile(ctx: WebContext): SignupProfile | string {
  const profile: Record<string, string> = {};
  const { json, form } = requestInfo(ctx);
  for (const name of MEMBERS) {
    const present = json === undefined ? form.has(name) : Object.hasOwn(json, name);
    if (!present) continue;
    const parsed = (name === 'picture' ? picture : text).safeParse(oneValue(ctx, name));
    if (!parsed.success)
      return name === 'picture' ? 'picture should be a URL' : `${name} should be a text of 1 to 300 characters`;
    profile[name] = parsed.data;
  }
  const members = metadataOf(ctx);
  if (members === undefined) return profile;
  const parsed = metadata.safeParse(members);
  if (!parsed.success) {
    return 'user_metadata should be an object of no more than 10 properties, their names no longer than 100 characters and their values texts of no more than 500 characters';
  }
  return { ...profile, user_metadata: parsed.data };
}

function metadataOf(ctx: WebContext): unknown {
  const { json, form } = requestInfo(ctx);
  if (json !== undefined) return Object.hasOwn(json, 'user_metadata') ? json.user_metadata : undefined;
  const members: [string, string][] = [];
  for (const [name, value] of form) {
    const member = /^user_metadata\[([^[\]]+)\]$/.exec(name)?.[1];
    if (member !== undefined) members.push([member, value]);
  }
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
