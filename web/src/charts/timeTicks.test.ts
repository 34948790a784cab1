import { crosshairTime, timeLabels, timeTicks } from './timeTicks';

const at = (text: string): number => Date.parse(text);

describe('timeTicks', () => {
  it('stands on natural minutes 80 to 120 pixels apart', () => {
    const from = at('2026-11-20T10:24:13Z');
    const ticks = timeTicks(from, from + 3_600_000, 600, 'UTC');
    expect(timeLabels(ticks, 'UTC')).toEqual(['10:30', '10:40', '10:50', '11:00', '11:10', '11:20']);
  });

  it('stands on midnights of the zone, also where the clock changes', () => {
    const from = at('2026-10-24T00:00:00Z');
    const ticks = timeTicks(from, from + 3 * 86_400_000, 330, 'Europe/Berlin');
    expect(ticks.map((tick) => new Date(tick).toISOString())).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z', '2026-10-26T23:00:00.000Z']);
    expect(timeLabels(ticks, 'Europe/Berlin')).toEqual(['10-25', '10-26', '10-27']);
  });

  it('has none for a range that does not go forward', () => {
    expect(timeTicks(10, 10, 600, 'UTC')).toEqual([]);
  });
});

describe('timeLabels', () => {
  it('tells the date where the day changes', () => {
    const ticks = [at('2026-11-20T22:00:00Z'), at('2026-11-21T00:00:00Z'), at('2026-11-21T02:00:00Z')];
    expect(timeLabels(ticks, 'UTC')).toEqual(['22:00', '11-21', '02:00']);
  });

  it('tells seconds only when ticks are closer than a minute', () => {
    const from = at('2026-11-20T10:24:00Z');
    expect(timeLabels([from, from + 15_000], 'UTC')).toEqual(['10:24:00', '10:24:15']);
    expect(timeLabels([from, from + 500], 'UTC')).toEqual(['10:24:00.000', '10:24:00.500']);
  });
});

describe('crosshairTime', () => {
  it('has the date only in ranges longer than a day', () => {
    const time = at('2026-11-20T11:14:30Z');
    expect(crosshairTime(time, 3_600_000, 'UTC')).toBe('11:14:30');
    expect(crosshairTime(time, 7 * 86_400_000, 'UTC')).toBe('2026-11-20 11:14:30');
  });
});
