import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours of PromQL, from the tokens. */
export const queryColours = HighlightStyle.define([
  { tag: [tags.function(tags.variableName), tags.function(tags.name)], color: 'var(--ph-k-fn)' },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'var(--ph-k-kw)' },
  { tag: tags.labelName, color: 'var(--ph-k-label)' },
  { tag: tags.string, color: 'var(--ph-k-str)' },
  { tag: [tags.number, tags.bool], color: 'var(--ph-k-num)' },
  { tag: [tags.operator, tags.arithmeticOperator, tags.compareOperator, tags.logicOperator, tags.derefOperator], color: 'var(--ph-k-op)' },
  { tag: [tags.lineComment, tags.comment], color: 'var(--ph-text-3)', fontStyle: 'italic' },
]);

const mono = '"JetBrains Mono Variable", ui-monospace, monospace';

/** The editor, its completion and its error marks in the surfaces of the design. */
export const editorLook = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'transparent', color: 'var(--ph-text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: mono, lineHeight: '21px', overflow: 'auto', maxHeight: '40vh' },
  '.cm-content': { padding: '0', caretColor: 'var(--ph-text)' },
  '.cm-line': { padding: '0' },
  '.cm-cursor': { borderLeftColor: 'var(--ph-text)' },
  '.cm-placeholder': { color: 'var(--ph-text-3)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--ph-accent-tint)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--ph-accent-tint)', outline: 'none' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--ph-fire-tint)' },
  '.cm-lintRange-error': { backgroundImage: 'none', backgroundColor: 'var(--ph-fire-tint)', textDecoration: 'underline wavy var(--ph-fire-solid) 1px', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--ph-pend-solid) 1px', textUnderlineOffset: '3px' },
  '.ph-looked': { borderRadius: '3px', backgroundColor: 'var(--ph-accent-tint)', boxShadow: '0 0 0 1px var(--ph-accent)' },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--ph-fire-solid)' },
  '.cm-tooltip': { border: '1px solid var(--ph-border-2)', borderRadius: '9px', backgroundColor: 'var(--ph-raised)', color: 'var(--ph-text)', boxShadow: 'var(--ph-shadow)', overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-lint': { maxWidth: '480px', fontSize: '12px' },
  '.cm-diagnostic': { padding: '6px 10px', borderLeft: '0', fontFamily: 'var(--mantine-font-family)' },
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: mono, fontSize: '12px', maxHeight: '260px', minWidth: '340px', maxWidth: 'min(560px, 92vw)', padding: '4px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', gap: '8px', alignItems: 'center', minHeight: '26px', padding: '0 8px', borderRadius: '5px', lineHeight: '20px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--ph-accent-tint)', color: 'var(--ph-text)' },
  '.cm-completionLabel': { overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionMatchedText': { color: 'var(--ph-accent)', fontWeight: '600', textDecoration: 'none' },
  '.cm-completionDetail': { marginLeft: 'auto', paddingLeft: '16px', color: 'var(--ph-text-3)', fontFamily: 'var(--mantine-font-family)', fontStyle: 'normal', whiteSpace: 'nowrap' },
  '.cm-completionIcon': { flex: 'none', width: '18px', height: '18px', padding: '0', borderRadius: '4px', backgroundColor: 'var(--ph-mute-tint)', color: 'var(--ph-text-3)', fontFamily: 'var(--mantine-font-family)', fontSize: '10px', lineHeight: '18px', textAlign: 'center', opacity: '1' },
  '.cm-completionIcon-counter:after': { content: '"C"' },
  '.cm-completionIcon-gauge:after': { content: '"G"' },
  '.cm-completionIcon-histogram:after': { content: '"H"' },
  '.cm-completionIcon-summary:after': { content: '"S"' },
  '.cm-completionIcon-metric:after': { content: '"M"' },
  '.cm-completionIcon-constant:after': { content: '"L"' },
  '.cm-completionIcon-text:after': { content: '"="' },
  '.cm-completionIcon-function:after': { content: '"ƒ"' },
  '.cm-completionIcon-keyword:after': { content: '"⋯"' },
  '.cm-tooltip.cm-completionInfo': { width: '320px', padding: '8px 12px', marginInline: '4px', fontFamily: 'var(--mantine-font-family)', fontSize: '12px', lineHeight: '18px', whiteSpace: 'normal' },
  '.ph-info-kind': { fontWeight: '600' },
  '.ph-info-labels': { marginTop: '4px', fontFamily: mono, color: 'var(--ph-text-2)' },
  '.ph-info-note': { marginTop: '4px', color: 'var(--ph-text-3)' },
});
