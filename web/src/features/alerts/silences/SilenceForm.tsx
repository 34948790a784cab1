import { Autocomplete, Button, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBellOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ApiError } from '../../../api/apiError';
import { useSession } from '../../../api/session';
import { setSilence, useSilencePreview } from '../../../api/silences';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { formatClock, formatDate } from '../../../lib/formatTime';
import { useZone } from '../../../state/zone';
import { durations, isBroad, parseSpan, problemOf, silenceOf, type Draft } from './draft';
import { Effect } from './Effect';
import { MatcherInput } from './MatcherInput';
import { staleAfterSilence, toastSilenced } from './afterSilence';
import styles from './SilenceForm.module.css';

interface SilenceFormProps {
  readonly initial: Draft;
  /** When a silence that is changed began: it stays. */
  readonly startsAt?: string;
  readonly now: number;
  /** Comes into view and takes the keys. */
  readonly isWanted?: boolean;
  onDone?(id: string): void;
}

/** Matchers, how long, why; and what it would do, while it is written. */
export function SilenceForm({ initial, startsAt, now, isWanted = false, onDone }: SilenceFormProps) {
  const [draft, setDraft] = useState(initial);
  const [settled] = useDebouncedValue(draft.matchers, 300);
  const preview = useSilencePreview(settled);
  const client = useQueryClient();
  const zone = useZone();
  const { data: session } = useSession();
  const comment = useRef<HTMLTextAreaElement>(null);
  const isEmpty = initial.matchers.length === 0;
  useEffect(() => {
    if (isWanted && !isEmpty) {
      comment.current?.scrollIntoView({ block: 'center' });
      comment.current?.focus({ preventScroll: true });
    }
  }, [isWanted, isEmpty]);
  const attempt = useMutation<string, ApiError, Draft>({
    mutationFn: (one) => setSilence(silenceOf(one, Date.now(), session?.name ?? 'anonymous', startsAt)),
    onSuccess: (id) => {
      staleAfterSilence(client);
      toastSilenced(client, id, endText);
      onDone?.(id);
    },
  });
  const hides = preview.data?.hides.length ?? 0;
  const problem = problemOf(draft, hides);
  const span = parseSpan(draft.duration);
  const end = now + (span ?? 0);
  const endText = formatDate(end, zone) === formatDate(now, zone) ? formatClock(end, zone) : `${formatDate(end, zone)} ${formatClock(end, zone)}`;
  const wantsComment = isBroad(draft.matchers, hides);
  return (
    <form
      className={styles.form}
      aria-label="Silence"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined && !attempt.isPending) {
          attempt.mutate(draft);
        }
      }}
    >
      <div className={styles.line}>
        <MatcherInput matchers={draft.matchers} isWanted={isWanted && isEmpty} onChange={(matchers) => setDraft({ ...draft, matchers })} />
        <Autocomplete
          className={styles.duration ?? ''}
          aria-label="How long"
          data={[...durations]}
          filter={({ options }) => options}
          value={draft.duration}
          error={span === undefined}
          rightSection={span === undefined ? null : <span className={styles.end}>→ {endText}</span>}
          rightSectionWidth={endText.length > 5 ? 136 : 64}
          rightSectionPointerEvents="none"
          onChange={(duration) => setDraft({ ...draft, duration })}
        />
      </div>
      <Textarea
        ref={comment} autosize minRows={1} maxRows={4} aria-label="Comment" placeholder={wantsComment ? 'Why, in a few words (needed: it is broad)' : 'Why, in a few words'}
        value={draft.comment} onChange={(event) => setDraft({ ...draft, comment: event.currentTarget.value })}
      />
      {attempt.error !== null && <ErrorNotice error={attempt.error} title="The silence was not set." />}
      <div className={styles.foot}>
        <Effect preview={preview} isBroad={wantsComment} isStale={settled !== draft.matchers} />
        <div className={styles.submit}>
          {problem !== undefined && <span className={styles.problem}>{problem}</span>}
          <Button type="submit" variant="filled" leftSection={<IconBellOff size={14} stroke={1.6} aria-hidden />} disabled={problem !== undefined} loading={attempt.isPending}>
            {draft.id === undefined ? 'Silence' : 'Change, silence'} until {endText}
          </Button>
        </div>
      </div>
    </form>
  );
}
