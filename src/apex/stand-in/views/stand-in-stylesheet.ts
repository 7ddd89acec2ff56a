/** The one stylesheet of all pages: light and dark, from phone to desk, without a script or a font to load. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --page: #f4f5f8;
  --surface: #ffffff;
  --line: #d5d9e2;
  --text: #1b2130;
  --dim: #555f75;
  --accent: #2f4bc7;
  --on-accent: #ffffff;
  --good: #14663a;
  --bad: #a3192b;
  --bad-soft: #fdecee;
  --note: #fff4d6;
  --on-note: #573f00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151d;
    --surface: #1b202b;
    --line: #343c4d;
    --text: #e8ebf2;
    --dim: #a5afc4;
    --accent: #9db0ff;
    --on-accent: #10162e;
    --good: #7ddba3;
    --bad: #ff9aa8;
    --bad-soft: #3a1b22;
    --note: #3a3010;
    --on-note: #ffe29a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  background: var(--page); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
h1 { font-size: clamp(1.5rem, 4vw, 2.1rem); line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
a { color: var(--accent); }
code { font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--surface); padding: .5rem 1rem; z-index: 1; }
.ribbon { margin: 0; padding: .4rem 1rem; background: var(--note); color: var(--on-note); font-size: .875rem; text-align: center; }
.ribbon strong { text-transform: uppercase; letter-spacing: .08em; font-size: .75rem; margin-right: .5rem; }
.bar {
  display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem;
  padding: .75rem clamp(1rem, 4vw, 2.5rem); background: var(--surface); border-bottom: 1px solid var(--line);
}
.brand { font-weight: 700; font-size: 1.1rem; color: var(--text); text-decoration: none; }
.bar nav { display: flex; gap: 1rem; }
.bar nav a { text-decoration: none; padding: .25rem 0; border-bottom: 2px solid transparent; }
.bar nav a[aria-current] { border-color: var(--accent); color: var(--text); font-weight: 600; }
.who { margin-left: auto; display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; min-width: 0; }
.name { color: var(--dim); overflow-wrap: anywhere; }
main { width: 100%; max-width: 64rem; margin: 0 auto; padding: clamp(1.25rem, 4vw, 2.75rem) clamp(1rem, 4vw, 2.5rem); flex: 1; }
.lead { font-size: 1.1rem; margin: 0 0 1.25rem; }
.dim { color: var(--dim); font-size: .92rem; }
.break { overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; margin-bottom: 1rem; min-width: 0; }
.cards .card { margin-bottom: 0; }
.cards + .card { margin-top: 1rem; }
dl { margin: 0; display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .4rem 1rem; }
dt { color: var(--dim); }
dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; font-weight: 600; }
.claims { margin-top: 1rem; }
.chips { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: 0; }
.chips li { border: 1px solid var(--accent); color: var(--accent); border-radius: 999px; padding: .1rem .75rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; text-align: left; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--dim); font-weight: 500; font-size: .875rem; }
tbody th { font-weight: 600; }
tbody tr:last-child > * { border-bottom: 0; }
.pass, .fail { font-weight: 600; white-space: nowrap; }
.pass { color: var(--good); }
.fail { color: var(--bad); }
.warning, .notification { border-left: 4px solid var(--on-note); background: var(--note); color: var(--on-note); padding: .6rem .9rem; border-radius: 4px; }
.notification { margin: 0 0 1.25rem; }
.narrow { max-width: 38rem; margin: clamp(1rem, 6vh, 4rem) auto; }
.badge { display: inline-block; margin: 0 0 .75rem; padding: .1rem .7rem; border-radius: 999px; border: 1px solid var(--line); background: var(--surface); font-size: .875rem; font-weight: 600; }
.badge.refused { border-color: var(--bad); color: var(--bad); background: var(--bad-soft); }
.button { display: inline-block; background: var(--accent); color: var(--on-accent); border: 1px solid var(--accent); border-radius: 6px; padding: .55rem 1.1rem; font-weight: 600; text-decoration: none; }
.button:hover { filter: brightness(1.08); }
.button.quiet { background: transparent; color: var(--accent); padding: .3rem .8rem; }
@media (max-width: 34rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .6rem; }
  th, td { overflow-wrap: anywhere; }
  .pass, .fail { white-space: normal; }
}
.plain { list-style: none; padding: 0; display: grid; gap: .75rem; justify-items: start; }
.foot { padding: 1rem clamp(1rem, 4vw, 2.5rem); border-top: 1px solid var(--line); color: var(--dim); font-size: .875rem; }
`;
