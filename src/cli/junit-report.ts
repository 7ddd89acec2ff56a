import { resolve } from 'node:path';
import { Problem } from '../problem/problem.ts';
import { replaceFile } from './replace-file.ts';

/** A result in a report for build servers. */
export interface ReportCase {
  readonly name: string;
  readonly seconds: number;
  readonly status: 'pass' | 'fail' | 'skip';
  /** The reason of a failure, in one line. */
  readonly message?: string;
  readonly details: string;
}

/**
 * Returns results in the format that build servers read.
 *
 * Source: the JUnit XML format, as Jenkins and GitLab document what they read.
 *
 * @param className the command, such as `portcullis.verify`
 * @param title the name of the suite
 * @example junitReport('portcullis.test', 'portcullis test', [])
 */
export function junitReport(className: string, title: string, cases: readonly ReportCase[]): string {
  const count = (status: ReportCase['status']) => cases.filter((one) => one.status === status).length;
  const time = cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
  const elements = cases.map(({ name, seconds, status, message = '', details }) => {
    const head = `    <testcase classname="${className}" name="${escaped(name)}" time="${seconds.toFixed(3)}"`;
    if (status === 'skip') return `${head}><skipped/></testcase>`;
    const text = escaped(details);
    if (status === 'fail') return `${head}><failure message="${escaped(message)}">${text}</failure></testcase>`;
    return text === '' ? `${head}/>` : `${head}><system-out>${text}</system-out></testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="${escaped(title)}" tests="${cases.length}" failures="${count('fail')}" skipped="${count('skip')}" time="${time}">`,
    ...elements,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/**
 * Writes a report.
 *
 * @param folder the folder that the path is relative to
 * @throws {Problem} `report_unwritable`
 */
export async function writeReport(file: string, folder: string, text: string): Promise<void> {
  try {
    await replaceFile(resolve(folder, file), text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new Problem('report_unwritable', `${file} cannot be written: ${reason}.`, undefined, {
      cause: error,
    });
  }
}

/** Escapes text for XML, and removes characters that XML cannot represent. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
