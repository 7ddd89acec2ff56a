import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { forceLinting, lintGutter, lintKeymap } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import { actionCompletions } from './action-completions.ts';
import { actionLinter, type LineError } from './action-linter.ts';
import { editorLook } from './editor-theme.ts';
import { replaceSelection } from './replace-selection.ts';

export interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Errors of the latest build. */
  readonly lineErrors?: readonly LineError[];
  /** The trigger, if the code is an Action. */
  readonly trigger?: string;
  /** A complete event of the trigger for completion, if there is one. */
  readonly event?: unknown;
  /** Names of secrets, for completion. */
  readonly secrets?: readonly string[];
}

const NONE: readonly never[] = [];

/** JavaScript editor with highlighting, completion for `event` and `api`, and errors in the margin. The Tab key leaves it. */
export function CodeEditor(props: CodeEditorProps) {
  const { label, value, onChange, lineErrors = NONE, trigger = '', event, secrets = NONE } = props;
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef({ trigger, event, secrets, lineErrors });
  latest.current = { trigger, event, secrets, lineErrors };
  const reportChange = useEffectEvent(onChange);
  const initialValue = useEffectEvent(() => value);
  useEffect(() => {
    const parent = container.current;
    if (parent === null) return;
    const state = EditorState.create({
      doc: initialValue(),
      extensions: [
        editorLook,
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        replaceSelection,
        javascript(),
        autocompletion({ override: [actionCompletions(() => latest.current)] }),
        actionLinter(() => latest.current.lineErrors),
        lintGutter(),
        search({ top: true }),
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...searchKeymap,
        ]),
        // The text has the focus, and scrolls with it. Tools recognize that by the attribute only.
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) reportChange(update.state.doc.toString());
        }),
      ],
    });
    const editor = new EditorView({ state, parent });
    view.current = editor;
    return () => editor.destroy();
  }, [label]);
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  const errorsKey = JSON.stringify(lineErrors);
  // biome-ignore lint/correctness/useExhaustiveDependencies: changed errors make the linter run again.
  useEffect(() => {
    if (view.current !== undefined) forceLinting(view.current);
  }, [errorsKey]);
  return <div className="editor" ref={container} />;
}
