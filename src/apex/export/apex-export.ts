import { Problem } from '../../problem/problem.ts';
import type { ExportCall, ExportValue } from './export-calls.ts';
import { exportCalls } from './export-calls.ts';
import type { ExportFile } from './export-file.ts';

/** Where something stands in an export. */
export interface ExportPlace {
  readonly file: string;
  readonly line: number;
}

export interface ExportedPage extends ExportPlace {
  readonly number: string;
  /** In capitals, as APEX compares it; empty where there is none. */
  readonly alias: string;
  readonly isPublic: boolean;
  /** An authorization scheme stands before it. */
  readonly restricted: boolean;
}

/** What an export says about who gets in. */
export interface ApexExport {
  /** Such as `24.2.12`; `unknown` where the export does not say. */
  readonly release: string;
  /** The application itself; absent where a component alone was exported. */
  readonly application: ExportCall | undefined;
  /** Its number; empty where the export does not say. */
  readonly applicationId: string;
  readonly schemes: readonly ExportCall[];
  readonly authorizationSchemes: readonly ExportCall[];
  readonly pages: readonly ExportedPage[];
  /** The home and login addresses stand here. */
  readonly userInterface: ExportCall | undefined;
  /** Processes of the application, whose code may set groups as well. */
  readonly processes: readonly ExportCall[];
}

/**
 * Makes an export of its files.
 *
 * @throws {Problem} `export_foreign` where nothing in it says how people sign in, `export_ambiguous` where it holds
 *   more than one application, `export_truncated`
 * @example apexExport(await readExportFiles('f100.sql')).schemes.map((scheme) => textOf(scheme, 'p_name'))
 * @see Oracle APEX 24.2, package specifications of wwv_flow_imp_shared, wwv_flow_imp_page, wwv_imp_workspace
 */
export function apexExport(files: readonly ExportFile[]): ApexExport {
  // A file without a call of an import is none of an export: what lies beside one may be in another language, whose
  // quotes are no SQL.
  const calls = files.filter(({ sql }) => /\bwwv_/i.test(sql)).flatMap(({ name, sql }) => exportCalls(name, sql));
  const named = (...names: string[]) => calls.filter(({ name }) => names.includes(name));
  const begins = named('component_begin', 'import_begin');
  const textsOf = (parameter: string) => begins.map((call) => textOf(call, parameter)).filter((text) => text !== '');
  const applicationIds = new Set(textsOf('p_default_application_id'));
  const [application, second] = named('create_flow');
  if (second !== undefined) {
    const what = applicationIds.size === 1 ? 'the application twice' : 'more than one application';
    const message = `It holds ${what}: the second begins in ${second.file} at line ${second.line}.`;
    throw new Problem('export_ambiguous', message);
  }
  const schemes = once(named('create_authentication'));
  if (application === undefined && schemes.length === 0) {
    const message = 'It holds neither an APEX application nor an authentication scheme.';
    throw new Problem('export_foreign', message);
  }
  if (application !== undefined && files.length === 1 && !files[0]?.sql.includes('.import_end')) {
    const message = `${application.file} is cut off: the import that it begins never ends.`;
    throw new Problem('export_truncated', message);
  }
  return {
    release: textsOf('p_release')[0] ?? 'unknown',
    application,
    applicationId: [...applicationIds][0] ?? '',
    schemes,
    authorizationSchemes: once(named('create_security_scheme')),
    pages: once(named('create_page')).map(pageOf),
    userInterface: named('create_user_interface')[0],
    processes: named('create_flow_process', 'create_process', 'create_page_process'),
  };
}

/** @example textOf(scheme, 'p_attribute_07') // 'profile,email'; '' where it is absent */
export function textOf(call: ExportCall | undefined, parameter: string): string {
  return call?.parameters.get(parameter)?.text.trim() ?? '';
}

/** Where a parameter stands; the call itself where it is absent. */
export function placeOf(call: ExportCall, parameter: string): ExportPlace {
  return { file: call.file, line: call.parameters.get(parameter)?.line ?? call.line };
}

/** Where a place within a parameter's text stands in the file. */
export function placeWithin(call: ExportCall, value: ExportValue, index: number): ExportPlace {
  const line = value.text.slice(0, index).split('\n').length - 1;
  return { file: call.file, line: value.lines[line] ?? value.line };
}

/** A folder may hold a component twice: split, and in the one file beside it. */
function once(calls: readonly ExportCall[]): readonly ExportCall[] {
  const seen = new Set<string>();
  return calls.filter((call) => {
    const id = call.parameters.get('p_id')?.id ?? textOf(call, 'p_id');
    return id === '' || (!seen.has(id) && seen.add(id));
  });
}

function pageOf(call: ExportCall): ExportedPage {
  const role = call.parameters.get('p_required_role');
  return {
    file: call.file,
    line: call.line,
    number: textOf(call, 'p_id'),
    alias: textOf(call, 'p_alias').toUpperCase(),
    isPublic: textOf(call, 'p_page_is_public_y_n').toUpperCase() === 'Y',
    restricted:
      role !== undefined && role.text !== 'MUST_NOT_BE_PUBLIC_USER' && (role.id !== undefined || role.text !== ''),
  };
}
