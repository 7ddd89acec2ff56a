import { javascript } from '@codemirror/lang-javascript';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { editorLook } from './editor-theme.ts';

/** The differences between two texts, in one column: deleted lines are above the lines that replace them. */
export function CodeDiff({ label, before, after }: { label: string; before: string; after: string }) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = container.current;
    if (parent === null) return;
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: after,
        extensions: [
          editorLook,
          lineNumbers(),
          javascript(),
          unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3 } }),
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-label': label }),
        ],
      }),
    });
    return () => view.destroy();
  }, [label, before, after]);
  return <div className="diff" ref={container} />;
}
