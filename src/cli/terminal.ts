import pc from 'picocolors';

/** How text is marked for a person; plain where the output is not a terminal or `NO_COLOR` is set. */
export type Colours = ReturnType<typeof pc.createColors>;

/** The colours for a stream: none unless a person is likely to look at it. */
export function coloursFor(
  stream: { readonly isTTY?: boolean },
  environment: NodeJS.ProcessEnv = process.env,
): Colours {
  const forced = environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0';
  const refused = environment.NO_COLOR !== undefined && environment.NO_COLOR !== '';
  return pc.createColors(!refused && (forced || stream.isTTY === true));
}

/**
 * Text that came from elsewhere, made safe to print: control characters, which could move the cursor, colour the
 * screen or hide what is there, are shown as what they are.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
