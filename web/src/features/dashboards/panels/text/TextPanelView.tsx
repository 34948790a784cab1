import { TextPanel } from '../../../../charts/TextPanel';
import { objectOf, oneOf, textOf } from '../../../../lib/readUnknown';
import type { PanelProps } from '../panelProps';

/** Loaded when the first text is shown: Markdown and its allow-list are no part of a dashboard without words. */
export function TextPanelView({ panel }: PanelProps) {
  const options = objectOf(panel.options);
  return <TextPanel content={textOf(options['content']) ?? ''} mode={oneOf(options['mode'], ['markdown', 'html', 'code']) ?? 'markdown'} />;
}
