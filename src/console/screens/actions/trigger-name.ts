/** The dashboard's names of the triggers whose Actions run here. A test compares them with the tenant's. */
export const RUN_TRIGGERS = {
  'post-login': 'Login / Post Login',
  'credentials-exchange': 'Machine to Machine',
  'pre-user-registration': 'Pre User Registration',
  'post-user-registration': 'Post User Registration',
  'post-change-password': 'Post Change Password',
} as const;

/** All names. Other tools may create Actions of triggers that do not run here. */
const names: Readonly<Record<string, string>> = {
  ...RUN_TRIGGERS,
  'send-phone-message': 'Send Phone Message',
  'custom-phone-provider': 'Custom Phone Provider',
  'custom-email-provider': 'Custom Email Provider',
  'password-reset-post-challenge': 'Password Reset / Post Challenge',
  'custom-token-exchange': 'Custom Token Exchange',
  'event-stream': 'Event Stream',
  'password-hash-migration': 'Password Hash Migration',
  'mcp-tool': 'MCP Tool',
  'login-post-identifier': 'Login / Post Identifier',
  'signup-post-identifier': 'Sign-Up / Post Identifier',
};

/**
 * @example
 * nameOfTrigger('post-login') // 'Login / Post Login'
 */
export function nameOfTrigger(id: string): string {
  return names[id] ?? id;
}

/** The code of a new Action. */
export function initialCode(trigger: string): string {
  const pascal = trigger.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `/**
 * @param event details of the user, the application and the request; secrets are in event.secrets
 * @param api methods that change the outcome
 */
exports.onExecute${pascal} = async (event, api) => {
};
`;
}
