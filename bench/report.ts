/** Prints a title and its figures, one per line. */
export function report(title: string, lines: readonly (readonly string[])[]): void {
  console.log(`\n${title}`);
  for (const [name = '', ...figures] of lines) console.log(`  ${name.padEnd(40)}${figures.join('  ')}`);
}
