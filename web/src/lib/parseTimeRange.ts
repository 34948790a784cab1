import { parseDuration } from './formatDuration';
import { instantOf, zonedTime } from './formatTime';
import { parseIso, resolveTime } from './resolveTime';

/** Two ends as an address holds them: relative ones stay relative. */
export interface RangeText {
  readonly from: string;
  readonly to: string;
}

export type ParsedRange = { readonly ok: true; readonly range: RangeText } | { readonly ok: false; readonly message: string };

// What is pasted as one moment is looked at with a quarter of an hour on both sides.
const aroundMs = 15 * 60_000;

const words: Readonly<Record<string, RangeText>> = {
  today: { from: 'now/d', to: 'now' },
  yesterday: { from: 'now-1d/d', to: 'now-1d/d' },
  'this week': { from: 'now/w', to: 'now' },
  'last week': { from: 'now-7d/w', to: 'now-7d/w' },
  'this month': { from: 'now/M', to: 'now' },
};

/**
 * What people type or paste for a range: `3h`, `now-1h`, `yesterday`, `10:00-11:00`, a date, ISO, epoch, Grafana's copied range, a time of a log line,
 * and two of these with "to", "–" or ".." between.
 */
export function parseTimeRange(input: string, now: number, zone = 'UTC'): ParsedRange {
  const text = input.trim().replace(/\s+/g, ' ');
  if (text === '') {
    return failed('Type a range, such as 3h, yesterday or 10:00-11:00.');
  }

  const range = words[text.toLowerCase()] ?? parseCopied(text) ?? parseLast(text) ?? parsePair(text, now, zone) ?? parseSingle(text, now, zone);
  if (range === undefined) {
    return failed(`"${text}" is not a range. Try 3h, now-1h, yesterday, 10:00-11:00 or 2026-11-20 10:24.`);
  }

  const from = resolveTime(range.from, now, zone);
  const to = resolveTime(range.to, now, zone, true);
  if (from === undefined || to === undefined) {
    return failed(`"${text}" has an end that is not a time.`);
  }

  return from < to ? { ok: true, range } : failed('The range ends before it begins.');
}

function failed(message: string): ParsedRange {
  return { ok: false, message };
}

/** Grafana copies `{"from":"…","to":"…"}`; an address of a page has from= and to=. */
function parseCopied(text: string): RangeText | undefined {
  if (text.startsWith('{')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null && 'from' in parsed && 'to' in parsed) {
        return { from: String(parsed.from), to: String(parsed.to) };
      }
    } catch {
      return undefined;
    }
  }

  const found = /[?&]from=([^&#]+).*[?&]to=([^&#]+)/.exec(text);
  return found === null ? undefined : { from: decodeURIComponent(found[1] ?? ''), to: decodeURIComponent(found[2] ?? '') };
}

const unitWords: Readonly<Record<string, string>> = { sec: 's', second: 's', min: 'm', minute: 'm', hour: 'h', hr: 'h', day: 'd', week: 'w', year: 'y' };

function parseLast(text: string): RangeText | undefined {
  const found = /^(?:last |-)?(\d+(?:\.\d+)?) ?([a-z]+?)s?$/i.exec(text);
  const word = found === null ? undefined : unitWords[(found[2] ?? '').toLowerCase()];
  const duration = word === undefined ? text.replace(/^last |^-/i, '').replaceAll(' ', '') : `${found?.[1] ?? ''}${word}`;
  return parseDuration(duration) === undefined ? undefined : { from: `now-${duration}`, to: 'now' };
}

function parsePair(text: string, now: number, zone: string): RangeText | undefined {
  for (const separator of [' to ', ' – ', '–', '..', ' - ', '/', '-', ',', ' ']) {
    for (let at = text.indexOf(separator); at > 0; at = text.indexOf(separator, at + 1)) {
      const from = parseEnd(text.slice(0, at).trim(), now, zone);
      const rest = text.slice(at + separator.length).trim();
      const to = from === undefined ? undefined : parseEnd(rest, Number(from) || now, zone);
      if (from !== undefined && to !== undefined) {
        return { from, to };
      }
    }
  }

  return undefined;
}

function parseSingle(text: string, now: number, zone: string): RangeText | undefined {
  if (/^now[-+/]/.test(text)) {
    return { from: text, to: 'now' };
  }

  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const start = parseIso(text, zone);
    const day = start === undefined ? undefined : zonedTime(start, zone);
    return start === undefined || day === undefined
      ? undefined
      : { from: String(start), to: String(instantOf(day.year, day.month, day.day + 1, 0, 0, 0, 0, zone) - 1) };
  }

  const moment = parseEnd(text, now, zone);
  return moment === undefined || moment === 'now' ? undefined : { from: String(Number(moment) - aroundMs), to: String(Number(moment) + aroundMs) };
}

/** One end, absolute ones in milliseconds. A clock without a date is of the day of `near`. */
function parseEnd(text: string, near: number, zone: string): string | undefined {
  if (/^now\b/.test(text)) {
    return resolveTime(text, near, zone) === undefined ? undefined : text;
  }

  const clock = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text);
  if (clock !== null && Number(clock[1]) <= 24 && Number(clock[2]) < 60) {
    const day = zonedTime(near, zone);
    return String(instantOf(day.year, day.month, day.day, Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0, zone));
  }

  if (/^\d{10}(\.\d+)?$/.test(text)) {
    return String(Math.round(Number(text) * 1000));
  }

  if (/^\d{13}$/.test(text)) {
    return text;
  }

  if (/^\d{16}$|^\d{19}$/.test(text)) {
    return text.slice(0, 13);
  }

  const at = parseIso(text, zone) ?? parseLogTime(text);
  return at === undefined ? undefined : String(at);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 20/Nov/2026:10:24:30 +0000, as web servers log it; in brackets too. */
function parseLogTime(text: string): number | undefined {
  const found = /^\[?(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ?([+-]\d{4})?\]?$/.exec(text);
  const month = found === null ? -1 : months.indexOf(found[2] ?? '');
  return found === null || month < 0
    ? undefined
    : parseIso(`${found[3] ?? ''}-${String(month + 1).padStart(2, '0')}-${found[1] ?? ''}T${found[4] ?? ''}${found[5] ?? 'Z'}`);
}
