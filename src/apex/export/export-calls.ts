import { Problem } from '../../problem/problem.ts';
import { type SqlToken, sqlTokens } from '../sql-tokens.ts';

/** The value behind a parameter's arrow. */
export interface ExportValue {
  /** Strings joined as the export's own functions would; a number or word as it is. */
  readonly text: string;
  /** The number in `wwv_flow_imp.id(…)`, as digits, since it may be larger than a JavaScript number holds. */
  readonly id: string | undefined;
  readonly line: number;
  /** For each line of `text`, its line in the file. */
  readonly lines: readonly number[];
}

/** One `create_…` call of an export. */
export interface ExportCall {
  /** Without its package, in small letters: `create_authentication`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly parameters: ReadonlyMap<string, ExportValue>;
}

const CALL = /^(?:wwv_flow_api|wwv_flow_imp(?:_shared|_page)?|wwv_imp_workspace)\.(\w+)$/i;
/** Other calls hold themes, files and regions: much text that does not decide who gets in. */
const NEEDED =
  /^(?:create_(?:flow|page|authentication|security_scheme|user_interface|credential|flow_item|process|flow_process|page_process)|component_begin|import_begin)$/;

/**
 * Reads the calls of an export that decide who gets in.
 *
 * @param file its name, for messages
 * @throws {Problem} `export_truncated` if a string, a call or the export itself never ends
 * @example exportCalls('auth0.sql', sql).find(({ name }) => name === 'create_authentication')
 * @see Oracle APEX 24.2, package specification of wwv_flow_imp_shared
 */
export function exportCalls(file: string, sql: string): readonly ExportCall[] {
  const calls: ExportCall[] = [];
  const open: { name: string; line: number }[] = [];
  const tokens = sqlTokens(sql);
  let callee: { name: string; line: number } | undefined;
  for (const token of tokens) {
    if (token.kind === 'unclosed') throw truncated(file, token.line, 'a text that begins here never ends');
    const before = callee;
    callee = undefined;
    if (before !== undefined && token.text === '(' && token.kind === 'symbol') {
      const parameters = readParameters(file, before, tokens, NEEDED.test(before.name));
      if (NEEDED.test(before.name)) calls.push({ ...before, file, parameters });
    }
    if (token.kind !== 'word') continue;
    const name = CALL.exec(token.text)?.[1]?.toLowerCase();
    if (name === undefined) continue;
    callee = { name, line: token.line };
    if (name === 'component_begin') open.push(callee);
    if (name === 'component_end') open.pop();
  }
  const [unended] = open;
  if (unended !== undefined) throw truncated(file, unended.line, 'the component that begins here never ends');
  return calls;
}

function readParameters(
  file: string,
  call: { name: string; line: number },
  tokens: Iterator<SqlToken>,
  isNeeded: boolean,
): ReadonlyMap<string, ExportValue> {
  const parameters = new Map<string, ExportValue>();
  let depth = 1;
  let name: string | undefined;
  let pieces: SqlToken[] = [];
  const finish = () => {
    if (isNeeded && name !== undefined) parameters.set(name, exportValue(pieces, call.line));
    name = undefined;
    pieces = [];
  };
  for (let next = tokens.next(); next.done !== true; next = tokens.next()) {
    const token = next.value;
    if (token.kind === 'unclosed') throw truncated(file, token.line, 'a text that begins here never ends');
    if (token.kind === 'symbol') {
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      if (depth === 0) {
        finish();
        return parameters;
      }
      if (token.text === ',' && depth === 1) {
        finish();
        continue;
      }
      if (token.text === '=>' && depth === 1 && name === undefined) {
        name = pieces.at(-1)?.text.toLowerCase();
        pieces = [];
        continue;
      }
    }
    if (isNeeded) pieces.push(token);
  }
  throw truncated(file, call.line, `the call of ${call.name} that begins here never ends`);
}

function exportValue(pieces: readonly SqlToken[], fallbackLine: number): ExportValue {
  const line = pieces[0]?.line ?? fallbackLine;
  const words = pieces.filter(({ kind }) => kind === 'word').map(({ text }) => text.toLowerCase());
  const strings = pieces.filter(({ kind }) => kind === 'string');
  const [first = ''] = words;
  if (/^wwv_flow_(?:api|imp)\.id$/.test(first)) return { text: '', id: words[1], line, lines: [line] };
  if (strings.length === 0) return { text: first === 'null' ? '' : first, id: undefined, line, lines: [line] };
  const joined = words.some((word) => word.startsWith('wwv_flow_t_varchar2') || word.startsWith('wwv_flow_string'));
  const parts = (first === 'nvl' ? strings.slice(-1) : strings).map((string) => ({
    line: string.line,
    text: words.includes('unistr') ? decodeUnistr(string.text) : string.text,
  }));
  const lines = parts.flatMap((part, index) => {
    const own = part.text.split('\n').map((_, offset) => part.line + offset);
    return joined || index === 0 ? own : own.slice(1);
  });
  return { text: parts.map(({ text }) => text).join(joined ? '\n' : ''), id: undefined, line, lines };
}

/** Decodes `unistr('M\00FCller')`: exports write characters beyond ASCII so. */
function decodeUnistr(text: string): string {
  return text.replace(/\\([0-9a-f]{4}|\\)/gi, (_, code: string) =>
    code === '\\' ? '\\' : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function truncated(file: string, line: number, what: string): Problem {
  return new Problem('export_truncated', `${file} is cut off: at line ${line}, ${what}.`);
}
