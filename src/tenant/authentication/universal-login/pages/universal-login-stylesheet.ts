/** The path of the pages' style sheet. Serve {@link universalLoginCss} there as `text/css`. */
export const stylesheetPath = '/u/assets/universal-login.css';

/**
 * The only style sheet of the tenant's pages: light and dark, for all widths from a phone's. What stands outside of the card, in an operator's
 * page template, has the operator's styles.
 */
export const universalLoginCss = `:root {
  color-scheme: light dark;
  --page: light-dark(#eef0f4, #11141a);
  --card: light-dark(#ffffff, #1a1f28);
  --ink: light-dark(#1a2130, #e8ebf1);
  --quiet: light-dark(#586174, #a5aebd);
  --line: light-dark(#868fa1, #6b7587);
  --hairline: light-dark(#dde1e8, #303745);
  --accent: light-dark(#2a4bc4, #9db1ff);
  --accent-strong: light-dark(#203a9c, #bac8ff);
  --on-accent: light-dark(#ffffff, #10141d);
  --danger: light-dark(#a31621, #ffb3b0);
  --danger-page: light-dark(#fdf0f0, #361c20);
  --note: light-dark(#6b4a00, #f2cf86);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--page);
  color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif;
}
body._widget-auto-layout {
  min-height: 100vh;
  padding: 1.5rem 1rem;
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: center;
  gap: 1.25rem;
}
.card {
  width: 100%;
  max-width: 25rem;
  padding: 2rem;
  background: var(--card);
  border: 1px solid var(--hairline);
  border-radius: 0.75rem;
  box-shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 8px 28px rgb(0 0 0 / 8%);
  overflow-wrap: anywhere;
}
.card {
header { text-align: center; margin-bottom: 1.5rem; }
header p { margin: 0.35rem 0 0; color: var(--quiet); }
.gate { color: var(--accent); }
h1 { margin: 0.5rem 0 0; font-size: 1.5rem; line-height: 1.25; font-weight: 650; }
h2 { margin: 0 0 0.75rem; font-size: 1rem; font-weight: 650; }
.name { color: var(--ink); font-weight: 600; }
form + form { margin-top: 0.75rem; }
.field { margin-bottom: 1rem; }
label { display: block; margin-bottom: 0.3rem; font-size: 0.9rem; font-weight: 550; }
.input {
  width: 100%;
  padding: 0.65rem 0.75rem;
  font: inherit;
  color: inherit;
  background: transparent;
  border: 1px solid var(--line);
  border-radius: 0.4rem;
}
.input[aria-invalid="true"] { border-color: var(--danger); box-shadow: inset 0 0 0 1px var(--danger); }
button {
  display: block;
  width: 100%;
  padding: 0.7rem 1rem;
  font: inherit;
  font-weight: 600;
  border-radius: 0.4rem;
  border: 1px solid transparent;
  cursor: pointer;
}
button + button { margin-top: 0.75rem; }
.primary { margin-top: 1.25rem; background: var(--accent); color: var(--on-accent); }
.primary:hover { background: var(--accent-strong); }
.secondary { background: transparent; color: var(--ink); border-color: var(--line); }
.secondary:hover, .user:hover { background: var(--page); }
a { color: var(--accent); font-weight: 600; text-underline-offset: 0.15em; }
a:hover { color: var(--accent-strong); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.alternative { margin: 1.25rem 0 0; text-align: center; font-size: 0.95rem; }
.typed { display: flex; justify-content: space-between; gap: 1rem; margin: 0 0 1rem; }
.separator {
  display: flex;
  align-items: center;
  gap: 0.75rem;
  margin: 1.25rem 0;
  color: var(--quiet);
  font-size: 0.875rem;
}
.separator::before, .separator::after { content: ""; flex: 1; border-top: 1px solid var(--hairline); }
.alert {
  margin-bottom: 1.25rem;
  padding: 0.7rem 0.9rem;
  color: var(--danger);
  background: var(--danger-page);
  border: 1px solid currentcolor;
  border-radius: 0.4rem;
  font-size: 0.95rem;
}
.alert p { margin: 0; }
.alert p + p { margin-top: 0.35rem; }
.hint { margin: 0.75rem 0 0; color: var(--quiet); font-size: 0.875rem; }
.field + .hint { margin: -0.5rem 0 1rem; }
.hint + form { margin-top: 1rem; }
.hint p { margin: 0; }
.hint ul { margin: 0.25rem 0 0; padding-left: 1.2rem; }
.choice { display: flex; align-items: center; gap: 0.6rem; }
.choice input { width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); }
.choice label { margin: 0; font-weight: 400; }
.code-picture { display: block; width: 16rem; max-width: 100%; margin: 0 auto 1rem; background: #ffffff; border-radius: 0.4rem; }
.secret { display: block; margin: 0.35rem 0 1rem; padding: 0.6rem 0.75rem; border: 1px dashed var(--line); border-radius: 0.4rem; text-align: center; user-select: all; }
.users { list-style: none; margin: 0 0 1.75rem; padding: 0; display: grid; gap: 0.5rem; }
.user { padding: 0.55rem 0.75rem; text-align: left; background: transparent; color: inherit; border-color: var(--hairline); }
.user small { display: block; font-size: 0.85rem; font-weight: 400; color: var(--quiet); }
.applications { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5rem; }
.applications small { display: block; font-size: 0.85rem; color: var(--quiet); }
:is(.applications, dl, p) + h2 { margin-top: 1.5rem; }
h2 + :is(p, dl) { margin-top: 0; }
dl { margin: 1rem 0 0; display: grid; grid-template-columns: auto 1fr; gap: 0.35rem 1rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; }
}
body > footer { max-width: 25rem; text-align: center; font-size: 0.85rem; color: var(--quiet); }
body > footer strong { color: var(--note); font-weight: 650; }
@media (max-width: 26rem) {
  body._widget-auto-layout { padding: 0 0 1.25rem; justify-content: flex-start; }
  .card { padding: 1.5rem 1.25rem; border-width: 0 0 1px; border-radius: 0; box-shadow: none; }
  body > footer { padding: 0 1.25rem; }
}
@media (forced-colors: active) {
  .card, .primary, .user { border-color: CanvasText; }
}
`;
