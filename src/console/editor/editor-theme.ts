import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { styleNonce } from '../page-settings.ts';

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword, tags.controlKeyword, tags.moduleKeyword], color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warning)' },
  { tag: tags.comment, color: 'var(--muted)' },
  { tag: tags.invalid, color: 'var(--danger)' },
]);

const theme = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--page)', height: '100%' },
  '&.cm-focused': { outline: '3px solid var(--accent)', outlineOffset: '-3px' },
  '.cm-scroller': { fontFamily: 'var(--code)', fontSize: '0.9rem', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--raised)', color: 'var(--muted)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--raised)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--chosen) !important' },
  '.cm-matchingBracket': { backgroundColor: 'var(--chosen) !important', color: 'var(--text) !important' },
  '.cm-tooltip': { backgroundColor: 'var(--page)', color: 'var(--text)', border: '1px solid var(--control-line)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--chosen)', color: 'var(--text)' },
  '.cm-completionDetail': { color: 'var(--muted)' },
  '.cm-changedLine': { backgroundColor: 'var(--chosen)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--danger-ground)' },
  '.cm-deletedChunk span': { color: 'var(--danger) !important', background: 'none !important' },
  '.cm-changedText': { background: 'none !important', textDecoration: 'underline' },
  '.cm-panels': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    borderBottom: '1px solid var(--line) !important',
  },
  '.cm-panel.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0.375rem',
    alignItems: 'center',
    padding: '0.5rem 2rem 0.5rem 0.5rem',
  },
  '.cm-panel.cm-search br': { flexBasis: '100%', content: '""' },
  '.cm-panel.cm-search :is(input, button, label)': { margin: '0', fontSize: '0.8125rem' },
  '.cm-panel.cm-search label': { display: 'inline-flex', gap: '0.25rem', alignItems: 'center' },
  '.cm-panel.cm-search [type=checkbox]': { width: 'auto', minHeight: '0' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--text)' },
  '.cm-textfield': { backgroundColor: 'var(--page)', color: 'var(--text)', border: '1px solid var(--control-line)' },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--control-line)',
    color: 'var(--text)',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--warning-ground)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--chosen)', outline: '1px solid var(--accent)' },
  '.cm-diagnostic': { color: 'var(--text)' },
});

/** The theme of every editor. Its style sheets have the nonce that the page's Content Security Policy asks for. */
export const editorLook: Extension = [
  EditorView.cspNonce.of(styleNonce),
  theme,
  syntaxHighlighting(colours),
  EditorView.lineWrapping,
];
