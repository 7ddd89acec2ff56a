import type { CheckResult } from '../../deployment/verify/verify-deployment.ts';

/**
 * Returns the results in the format that build servers read. Doubtful checks count as passed, with the reason in their output.
 *
 * Source: the JUnit XML format, as Jenkins and GitLab document what they read.
 *
 * @example junitReport('example.eu.auth0.com', results)
 */
export function junitReport(domain: string, results: readonly CheckResult[]): string {
  const count = (status: CheckResult['status']) => results.filter((one) => one.status === status).length;
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3);
  const time = seconds(results.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  const cases = results.map((result) => {
    const { id, title, status, milliseconds } = result;
    const head = `    <testcase classname="portcullis.verify" name="${escaped(`${id}: ${title}`)}" time="${seconds(milliseconds)}"`;
    const details = escaped(detailsOf(result));
    if (status === 'skip') return `${head}><skipped/></testcase>`;
    if (status === 'fail') return `${head}><failure message="${escaped(title)}">${details}</failure></testcase>`;
    return details === '' ? `${head}/>` : `${head}><system-out>${details}</system-out></testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="portcullis verify ${escaped(domain)}" tests="${results.length}" failures="${count('fail')}" skipped="${count('skip')}" time="${time}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function detailsOf({ findings }: CheckResult): string {
  return findings
    .map(({ status, looked, remedy }) => `${status}: ${looked}${remedy === undefined ? '' : ` -> ${remedy}`}`)
    .join('\n');
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
