import type { CheckResult } from '../../deployment/verify/verify-deployment.ts';

/**
 * The results in the form that build servers read. Doubtful ones count as passed and say why.
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
    const said = escaped(detailsOf(result));
    if (status === 'skip') return `${head}><skipped/></testcase>`;
    if (status === 'fail') return `${head}><failure message="${escaped(title)}">${said}</failure></testcase>`;
    return said === '' ? `${head}/>` : `${head}><system-out>${said}</system-out></testcase>`;
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

/** What XML cannot carry at all is left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
