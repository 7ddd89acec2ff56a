import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** The content of the `state` of an authorization request: the request and the session that it belongs to. */
export interface StateContent {
  readonly application: number;
  readonly page: string;
  readonly session: string;
  /** Identifies this one request, so that it is answered once. */
  readonly ajaxIdentifier: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const LONGEST_STATE = 2048;
const PURPOSE = Buffer.from('apex_authentication.callback');

/**
 * Makes states unreadable and unforgeable (AES-256-GCM) with a key that lives as long as the object: a state from
 * another process, or from before a restart, is treated as forged.
 *
 * @example
 *   const states = createStateSealer();
 *   states.open(states.seal(content)) // content again
 *   states.open('anything else')      // undefined
 * @see Oracle APEX, APEX_AUTHENTICATION.CALLBACK: the state holds application, page, session and Ajax identifier
 */
export function createStateSealer(): StateSealer {
  const key = randomBytes(32);
  return {
    seal(content) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(PURPOSE);
      const sealed = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64url');
    },
    open(state) {
      if (state.length > LONGEST_STATE) return undefined;
      const bytes = Buffer.from(state, 'base64url');
      if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(PURPOSE);
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
        // Only a state that this key has sealed gets here, so it has the shape that seal() gave it.
        return JSON.parse(text.toString('utf8')) as StateContent;
      } catch {
        return undefined;
      }
    },
  };
}

export interface StateSealer {
  seal(content: StateContent): string;
  /** Returns the content, or `undefined` for a state that this object did not seal. */
  open(state: string): StateContent | undefined;
}
