import { headerText, secretSalt } from '../../action/fingerprint.ts';
import { GATE_NAME, GATE_RUNTIME, GATE_SECRET, GATE_TRIGGER } from '../desired-state.ts';
import type { ActionState } from '../tenant-snapshot.ts';
import { hclAttributes, hclText, withImport } from './hcl-text.ts';

/** The file with the Action's code below its header, with placeholders for IDs. */
export const CODE_FILE = 'portcullis-gate.js';
export const CLIENT_ID_MARK = 'PORTCULLIS_CLIENT_ID';

/** Returns the placeholder for a role's ID. All have the same number of digits, so that none is a prefix of another. */
export function roleMark(index: number): string {
  return `PORTCULLIS_ROLE_${String(index + 1).padStart(4, '0')}_ID`;
}

/**
 * Returns the blocks of the Action. Terraform computes its header like Portcullis, so that `portcullis plan` finds no change
 * afterwards.
 *
 * @param roleAddresses Terraform addresses of the roles' IDs, in the order of their placeholders
 */
export function actionBlocks(action: ActionState | undefined, roleAddresses: readonly string[]): string {
  const filled = roleAddresses.reduce(
    (text, address, index) => `replace(${text}, "${roleMark(index)}", ${address})`,
    `replace(file("\${path.module}/${CODE_FILE}"), "${CLIENT_ID_MARK}", auth0_client.portcullis_gate.id)`,
  );
  const secret = 'auth0_client_credentials.portcullis_gate.client_secret';
  const salted = `"${secretSalt(GATE_SECRET).replaceAll('\n', '\\n')}\${${secret}}"`;
  const header = headerText(
    { [GATE_SECRET]: `sha256-\${local.portcullis_secret_digest}` },
    `sha256-\${sha256(local.portcullis_body)}`,
  );
  const locals = `locals {
${hclAttributes('  ', {
  portcullis_body: filled,
  portcullis_secret_digest: `nonsensitive(substr(sha256(${salted}), 0, 16))`,
  portcullis_header: `"${header.replaceAll('\n', '\\n')}"`,
})}
}`;
  const resource = `resource "auth0_action" "portcullis_gate" {
${hclAttributes('  ', {
  name: hclText(GATE_NAME),
  runtime: hclText(GATE_RUNTIME),
  deploy: 'true',
  code: `"\${local.portcullis_header}\${local.portcullis_body}"`,
})}

  supported_triggers {
${hclAttributes('    ', { id: hclText(GATE_TRIGGER.id), version: hclText(GATE_TRIGGER.version) })}
  }

  secrets {
${hclAttributes('    ', { name: hclText(GATE_SECRET), value: secret })}
  }
}`;
  return `${locals}\n\n${withImport('auth0_action.portcullis_gate', action?.id, resource)}`;
}
