import { useEffect, useRef } from 'react';
import { plural } from '../lib/plural';
import { yamlTokens } from '../lib/yamlTokens';
import styles from './CodeLines.module.css';

interface CodeLinesProps {
  readonly text: string;
  readonly label: string;
  /** The line that is meant: marked and in view. From 1. */
  readonly line?: number | undefined;
  readonly language?: 'yaml' | 'plain';
}

const mostLines = 5000;

/** A file with its line numbers. */
export function CodeLines({ text, label, line, language = 'yaml' }: CodeLinesProps) {
  const marked = useRef<HTMLLIElement>(null);
  useEffect(() => {
    marked.current?.scrollIntoView({ block: 'center' });
  }, [line]);
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <ol className={styles.lines}>
        {lines.slice(0, mostLines).map((content, index) => (
          <li key={index} className={styles.line} {...(index + 1 === line ? { 'data-marked': true, ref: marked } : {})}>
            <code className={styles.code}>
              {language === 'plain'
                ? content
                : yamlTokens(content).map((token, at) => (
                    <span key={at} data-token={token.kind}>
                      {token.text}
                    </span>
                  ))}
            </code>
          </li>
        ))}
      </ol>
      {lines.length > mostLines && <p className={styles.rest}>The first {plural(mostLines, 'line')} of {plural(lines.length, 'line')}.</p>}
    </div>
  );
}
