import { useMemo } from 'react';
import { markdownToHtml, sanitiseHtml } from './sanitise';
import styles from './TextPanel.module.css';

interface TextPanelProps {
  readonly content: string;
  readonly mode: 'markdown' | 'html' | 'code';
}

/** Words of a dashboard's author. Everything passes the allow-list of sanitise.ts before it becomes part of the page. */
export function TextPanel({ content, mode }: TextPanelProps) {
  const html = useMemo(() => (mode === 'code' ? '' : mode === 'html' ? sanitiseHtml(content) : markdownToHtml(content)), [content, mode]);
  if (mode === 'code') {
    return <div className={styles.text} tabIndex={0}><pre>{content}</pre></div>;
  }
  return <div className={styles.text} tabIndex={0} dangerouslySetInnerHTML={{ __html: html }} />;
}
