import type { Alert } from '../../../api/alerts';
import type { Silence, SilenceToSet } from '../../../api/silences';
import { formatDuration, parseDuration } from '../../../lib/formatDuration';
import type { Matcher } from '../../../lib/matchers';

/** A silence while it is written. */
export interface Draft {
  /** That of the one being changed. */
  readonly id?: string;
  readonly matchers: readonly Matcher[];
  /** As typed: "2 hours", "90m". */
  readonly duration: string;
  readonly comment: string;
}

export const durations = ['30 minutes', '1 hour', '2 hours', '4 hours', '8 hours', '1 day', '3 days', '1 week'] as const;

/** A silence that hides more than these wants a comment, and shows its list. */
export const broadFrom = 20;

const longestMs = 366 * 24 * 3_600_000;
const words: Readonly<Record<string, string>> = { second: 's', minute: 'm', min: 'm', hour: 'h', day: 'd', week: 'w' };

/** Reads "2 hours", "1h 30m", "90m"; undefined for what is no length of time, or one of more than a year. */
export function parseSpan(text: string): number | undefined {
  const short = text.toLowerCase().replace(/(second|minute|min|hour|day|week)s?\b/g, (_, word: string) => words[word] ?? word).replace(/\s+/g, '');
  const ms = parseDuration(short);
  return ms === undefined || ms < 1000 || ms > longestMs ? undefined : ms;
}

/** The matchers for an alert: its name, and what all alerts of that name have in common now but their severity. */
export function matchersFor(alert: Alert, all: readonly Alert[]): readonly Matcher[] {
  const family = all.filter((one) => one.name === alert.name);
  const shared = Object.entries(alert.labels).filter(([name, value]) => name !== 'severity' && name !== 'alertname' && family.every((one) => one.labels[name] === value));
  return [['alertname', alert.name] as const, ...shared].map(([name, value]) => ({ name, value, isRegex: false, isEqual: true }));
}

/** Whether so much is hidden, or could be, that somebody should say why. */
export function isBroad(matchers: readonly Matcher[], hides: number): boolean {
  return hides > broadFrom || !matchers.some((matcher) => matcher.name === 'alertname' && matcher.isEqual);
}

/** What keeps a draft from being sent, as a sentence; undefined when nothing does. */
export function problemOf(draft: Draft, hides: number): string | undefined {
  if (draft.matchers.length === 0) {
    return 'A silence needs a matcher.';
  }

  if (draft.matchers.every((matcher) => (matcher.isEqual && matcher.value === '') || (!matcher.isEqual && matcher.value !== '') || (matcher.isRegex && matcher.isEqual && /^\.\*$/.test(matcher.value)))) {
    return 'One matcher must name something: these hold for every alert that lacks the label.';
  }

  if (parseSpan(draft.duration) === undefined) {
    return 'How long: 2 hours, 90m, 1 week.';
  }

  return isBroad(draft.matchers, hides) && draft.comment.trim() === '' ? 'It is broad: say why in the comment.' : undefined;
}

/** What is sent, from `now` on; of one that is changed the beginning stays. */
export function silenceOf(draft: Draft, now: number, createdBy: string, startsAt?: string): SilenceToSet {
  return {
    ...(draft.id === undefined ? {} : { id: draft.id }),
    matchers: draft.matchers,
    startsAt: startsAt ?? new Date(now).toISOString(),
    endsAt: new Date(now + (parseSpan(draft.duration) ?? 0)).toISOString(),
    createdBy,
    comment: draft.comment.trim(),
  };
}

/** A draft with what a silence has: to change it while it lives, to make it again after. */
export function draftOf(silence: Silence, now: number): Draft {
  const isOver = silence.status.state === 'expired';
  const left = isOver ? Date.parse(silence.endsAt) - Date.parse(silence.startsAt) : Date.parse(silence.endsAt) - now;
  const whole = Math.max(60_000, Math.round(left / 60_000) * 60_000);
  return { ...(isOver ? {} : { id: silence.id }), matchers: silence.matchers, duration: formatDuration(whole).replaceAll('\u00a0', ' '), comment: silence.comment };
}
