/** States that the browser gives to an element, and the names by which the page of parts shows them at rest. */
const states = [
  ['hover', /:hover/g],
  ['focus', /:focus-visible/g],
  ['active', /:active/g],
] as const;

/** The page's own rules. They are not among the style sheets of the console, which has no such page when it is published. */
const layout = `
.parts { border-top: 1px solid var(--line); margin-top: var(--space-6); }
.specimens { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: var(--space-4); margin: var(--space-4) 0; align-items: start; }
.specimens.wide { grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); }
.specimen { display: grid; gap: var(--space-2); min-width: 0; }
.specimen > .muted { font-size: var(--type-small); }
.specimen.narrow { max-width: 20rem; overflow: hidden; }
.specimen-loading { min-height: 10rem; }
.swatches { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: var(--space-3); }
.swatch { display: block; height: 2.5rem; border: 1px solid var(--line); border-radius: var(--radius-control); }
`;

/**
 * Adds each rule of the console for a state once more, for elements that are marked with it: `data-state="hover"`. The page of parts can so show
 * all states at once, and they are always those of the style sheets.
 *
 * @returns a function that removes the rules
 */
export function forceStates(): () => void {
  const sheet = new CSSStyleSheet();
  const rules = [...document.styleSheets].flatMap((own) => [...own.cssRules].map(forcedRule).filter(Boolean));
  sheet.replaceSync([layout, ...rules].join('\n'));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}

function forcedRule(rule: CSSRule): string {
  if (!(rule instanceof CSSStyleRule)) return '';
  const selectors = rule.selectorText.split(/,(?![^(]*\))/).map((selector) => {
    const forced = states.reduce((text, [name, pattern]) => text.replace(pattern, `[data-state~="${name}"]`), selector);
    return forced === selector ? '' : forced;
  });
  const chosen = selectors.filter((selector) => selector !== '');
  return chosen.length === 0 ? '' : `${chosen.join(',')} { ${rule.style.cssText} }`;
}
