import { Problem } from '../../problem/problem.ts';
import type { ExportCall, ExportValue } from './export-calls.ts';
import { exportCalls } from './export-calls.ts';
import type { ExportFile } from './export-file.ts';

/** A place in an export. */
export interface ExportPlace {
  readonly file: string;
  readonly line: number;
}

export interface ExportedPage extends ExportPlace {
  readonly number: string;
  /** In capitals, as APEX compares it; empty if there is none. */
  readonly alias: string;
  readonly isPublic: boolean;
  /** Whether it has an authorization scheme. */
  readonly restricted: boolean;
}

/** The parts of an export that decide who gets in. */
export interface ApexExport {
  /** Such as `24.2.12`; `unknown` if the export does not say. */
  readonly release: string;
  /** The application itself; absent if only a component was exported. */
  readonly application: ExportCall | undefined;
  /** Its number; empty if the export does not say. */
  readonly applicationId: string;
  readonly schemes: readonly ExportCall[];
  readonly authorizationSchemes: readonly ExportCall[];
  readonly pages: readonly ExportedPage[];
  /** The component with the home and login addresses. */
  readonly userInterface: ExportCall | undefined;
  /** Processes of the application, whose code may set groups as well. */
  readonly processes: readonly ExportCall[];
}

/**
 * Makes an export from its files.
 *
 * @throws {Problem} `export_foreign` if it has no application and no authentication scheme, `export_ambiguous` if it has
 *   more than one application, `export_truncated`
 * @example apexExport(await readExportFiles('f100.sql')).schemes.map((scheme) => textOf(scheme, 'p_name'))
 * @see Oracle APEX 24.2, package specifications of wwv_flow_imp_shared, wwv_flow_imp_page, wwv_imp_workspace
 */
export function apexExport(files: readonly ExportFile[]): ApexExport {
  // A file without a call of an import is not part of an export: other files in the folder may be in another language,
  // with other quotes.
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

/** @example textOf(scheme, 'p_attribute_07') // 'profile,email'; '' if it is absent */
export function textOf(call: ExportCall | undefined, parameter: string): string {
  return call?.parameters.get(parameter)?.text.trim() ?? '';
}

/** Returns the place of a parameter; that of the call itself if the parameter is absent. */
export function placeOf(call: ExportCall, parameter: string): ExportPlace {
  return { file: call.file, line: call.parameters.get(parameter)?.line ?? call.line };
}

/** Returns the place in the file of an index within a parameter's text. */
export function placeWithin(call: ExportCall, value: ExportValue, index: number): ExportPlace {
  const line = value.text.slice(0, index).split('\n').length - 1;
  return { file: call.file, line: value.lines[line] ?? value.line };
}

/** Removes repeated components: a folder may have one twice, split, and in the one file beside it. */
function once(calls: readonly ExportCall[]): readonly ExportCall[] {
  const ids = new Set<string>();
  return calls.filter((call) => {
    const id = call.parameters.get('p_id')?.id ?? textOf(call, 'p_id');
    return id === '' || (!ids.has(id) && ids.add(id));
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
