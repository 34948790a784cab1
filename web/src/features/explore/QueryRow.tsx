import { Button, Menu, Tooltip } from '@mantine/core';
import { IconDots, IconEye, IconEyeOff, IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense, useMemo } from 'react';
import type { QueryResult } from '../../api/queryBatch';
import { ErrorNotice } from '../../components/ErrorNotice';
import { placeIn } from '../../lib/placeInText';
import type { ServerError } from '../../promql/diagnostics';
import type { LookedAt } from '../../promql/lookedAt';
import type { Analysis } from '../../promql/useAnalysis';
import { keyText } from '../../state/keys';
import styles from './QueryRow.module.css';

const PromQLEditor = lazy(async () => ({ default: (await import('../../promql/PromQLEditor')).PromQLEditor }));

interface QueryRowProps {
  readonly letter: string;
  readonly text: string;
  readonly isOn: boolean;
  /** It is the one that is written in. */
  readonly isCurrent: boolean;
  /** The first one, without a text, when the page opens. */
  readonly autoFocus: boolean;
  readonly isOnly: boolean;
  /** Of its one line; undefined with none or several. */
  readonly color: string | undefined;
  readonly result: QueryResult | undefined;
  readonly history: readonly string[];
  readonly analysis: Analysis | undefined;
  /** The part of it that is looked at elsewhere on the page. */
  readonly looked: LookedAt | undefined;
  onChange(text: string): void;
  onRun(): void;
  onFocus(): void;
  onToggle(): void;
  onRemove(): void;
  onFormat(): void;
  onFix(text: string): void;
  onExplain(): void;
}

/** One query: its letter, its editor, the eye, and what is wrong with it under it. */
export function QueryRow(props: QueryRowProps) {
  const { letter, text, isOn, isCurrent, autoFocus, isOnly, color, result, history, analysis, looked } = props;
  const failed = result?.error !== undefined && result.expr === text ? result : undefined;
  const server = useMemo((): ServerError | undefined => {
    const place = failed?.error?.place;
    return failed === undefined || place?.offset === undefined ? undefined : { expr: text, message: failed.error?.cause ?? failed.error?.message ?? '', offset: place.offset, length: place.length ?? 1 };
  }, [failed, text]);
  const explained = useMemo(() => (server === undefined || analysis === undefined ? undefined : analysis.explainError(text, server)), [server, analysis, text]);
  const fix = explained?.fix;
  const mend = fix === undefined ? undefined : (): void => props.onFix(text.slice(0, fix.from) + fix.insert + text.slice(fix.to));
  return (
    <div className={styles.row} data-current={isCurrent || undefined} data-failed={failed !== undefined || undefined}>
      <div className={styles.line}>
        <button type="button" className={styles.letter} data-on={isOn || undefined} {...(color === undefined || !isOn ? {} : { style: { background: color } })} onClick={props.onFocus} aria-label={`Query ${letter}`} tabIndex={-1}>
          {letter}
        </button>
        <div className={styles.editor} data-off={!isOn || undefined}>
          <Suspense fallback={<pre className={styles.waiting}>{text === '' ? ' ' : text}</pre>}>
            <PromQLEditor
              label={`Query ${letter}`} value={text} autoFocus={autoFocus} history={history} error={server} looked={looked}
              onChange={props.onChange} onRun={props.onRun} onFocus={props.onFocus} {...(mend === undefined ? {} : { onFix: mend })}
            />
          </Suspense>
        </div>
        <div className={styles.buttons}>
          {isCurrent && (
            <>
              <kbd className={styles.key}>Ctrl ↵</kbd>
              <Button size="sm" variant="filled" leftSection={<IconPlayerPlay size={14} stroke={1.6} aria-hidden />} onClick={props.onRun}>Run</Button>
            </>
          )}
          <Tooltip label={isOn ? `Do not draw ${letter}` : `Draw ${letter}`}>
            <button type="button" className={styles.icon} aria-pressed={isOn} aria-label={`Draw ${letter}`} onClick={props.onToggle}>
              {isOn ? <IconEye size={16} stroke={1.6} aria-hidden /> : <IconEyeOff size={16} stroke={1.6} aria-hidden />}
            </button>
          </Tooltip>
          <Menu position="bottom-end">
            <Menu.Target>
              <button type="button" className={styles.icon} aria-label={`More about ${letter}`}>
                <IconDots size={16} stroke={1.6} aria-hidden />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={props.onExplain} disabled={result === undefined}>{`Explain ${letter}`}</Menu.Item>
              <Menu.Item onClick={props.onFormat} disabled={text.trim() === ''}>Format</Menu.Item>
              <Menu.Item onClick={props.onRemove} disabled={isOnly && text === ''}>{isOnly ? 'Empty it' : `Take ${letter} out`}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
      {failed?.error !== undefined && (
        <div className={styles.error}>
          <ErrorNotice
            error={Object.assign(new Error(explained?.detail ?? failed.error.cause ?? ''), { cause: failed.error.cause, place: server === undefined ? undefined : placeIn(text, server.offset) })}
            title={explained?.sentence ?? asSentence(failed.error.message)}
            {...(mend === undefined ? {} : {
              actions: <><Button size="xs" variant="default" onClick={mend}>{fix?.label}</Button><kbd className={styles.key}>{keyText('fix')}</kbd></>,
            })}
          />
        </div>
      )}
    </div>
  );
}

function asSentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.?:]$/.test(message) ? '' : '.'}`;
}
