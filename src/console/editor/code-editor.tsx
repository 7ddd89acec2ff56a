import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { forceLinting, lintGutter, lintKeymap } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import { actionCompletions } from './action-completions.ts';
import { actionLinter, type Complaint } from './action-linter.ts';
import { editorLook } from './editor-theme.ts';

export interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What the last build complained of. */
  readonly complaints: readonly Complaint[];
  /** What the Action is for. */
  readonly trigger: string;
  /** A whole event of the trigger, for completion, where there is one. */
  readonly event: unknown;
  /** Names of secrets, for completion. */
  readonly secrets: readonly string[];
}

/** JavaScript with highlighting, completion for `event` and `api`, and what is wrong in the margin. Tab leaves it. */
export function CodeEditor({ label, value, onChange, complaints, trigger, event, secrets }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const known = useRef({ trigger, event, secrets, complaints });
  known.current = { trigger, event, secrets, complaints };
  const changed = useEffectEvent(onChange);
  const first = useEffectEvent(() => value);
  useEffect(() => {
    const parent = place.current;
    if (parent === null) return;
    const state = EditorState.create({
      doc: first(),
      extensions: [
        editorLook,
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        javascript(),
        autocompletion({ override: [actionCompletions(() => known.current)] }),
        actionLinter(() => known.current.complaints),
        lintGutter(),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
        }),
      ],
    });
    const made = new EditorView({ state, parent });
    view.current = made;
    return () => made.destroy();
  }, [label]);
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  const told = JSON.stringify(complaints);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other complaints are what makes it look again.
  useEffect(() => {
    if (view.current !== undefined) forceLinting(view.current);
  }, [told]);
  return <div className="editor" ref={place} />;
}
