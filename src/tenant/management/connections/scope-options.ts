import type { JsonObject } from '../../store/json-value.ts';

/** The scope that each switch of a social connection requests, in the order of the scopes. */
const SWITCHES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  github: {
    email: 'user:email',
    read_user: 'read:user',
    follow: 'user:follow',
    public_repo: 'public_repo',
    repo: 'repo',
    repo_deployment: 'repo_deployment',
    repo_status: 'repo:status',
    delete_repo: 'delete_repo',
    notifications: 'notifications',
    gist: 'gist',
    read_repo_hook: 'read:repo_hook',
    write_repo_hook: 'write:repo_hook',
    admin_repo_hook: 'admin:repo_hook',
    read_org: 'read:org',
    admin_org: 'admin:org',
    read_public_key: 'read:public_key',
    write_public_key: 'write:public_key',
    admin_public_key: 'admin:public_key',
    write_org: 'write:org',
  },
  'google-apps': { email: 'email', profile: 'profile' },
  'google-oauth2': {
    email: 'email',
    profile: 'profile',
    calendar: 'https://www.googleapis.com/auth/calendar',
    gmail: 'https://mail.google.com/mail/feed/atom',
    youtube: 'https://gdata.youtube.com',
  },
  line: { openid: 'openid', email: 'email', profile: 'profile' },
  linkedin: { email: 'r_emailaddress', profile: 'r_liteprofile', basic_profile: 'r_basicprofile' },
  salesforce: {},
  'salesforce-community': {},
  windowslive: { graph_user: 'https://graph.microsoft.com/User.Read' },
  wordpress: { profile: 'profile' },
};

/** Strategies whose scopes are always those of the switches, whatever was sent. */
const FIXED = ['line', 'wordpress'];

/** A switch of Facebook that requests no scope. */
const WITHOUT_SCOPE = ['allow_context_profile_field'];

/** The `scope` of a social connection, made of the switches that are on. */
export function scopeOptions(strategy: string, options: JsonObject): JsonObject {
  if (options.scope !== undefined && !FIXED.includes(strategy)) return {};
  if (strategy === 'facebook') {
    const names = Object.keys(options).filter((name) => options[name] === true && !WITHOUT_SCOPE.includes(name));
    return { scope: names.join(',') };
  }
  const switches = SWITCHES[strategy];
  if (switches === undefined) return {};
  const isOn = (name: string) => options[name] === true || (strategy === 'line' && name === 'openid');
  return {
    scope: Object.entries(switches)
      .filter(([name]) => isOn(name))
      .map(([, scope]) => scope),
  };
}
