import { alertsAt, mergeBands, placeMarks } from './alertRegions';
import type { AlertBand } from './seriesModel';

const band = (state: 'pending' | 'firing', from: number, to: number, name = 'HighErrorRate'): AlertBand => ({ name, state, from, to });

describe('mergeBands', () => {
  it('merges what overlaps and cuts it to the range', () => {
    expect(mergeBands([band('firing', 5, 20), band('firing', 15, 40), band('firing', 60, 70)], 10, 50)).toEqual([{ state: 'firing', from: 10, to: 40 }]);
  });

  it('draws pending only where nothing fires', () => {
    expect(mergeBands([band('pending', 0, 100), band('firing', 20, 40)], 0, 100)).toEqual([
      { state: 'pending', from: 0, to: 20 }, { state: 'firing', from: 20, to: 40 }, { state: 'pending', from: 40, to: 100 },
    ]);
  });
});

describe('alertsAt', () => {
  it('names what fires before what is pending', () => {
    const bands = [band('pending', 0, 10, 'SlowResponseTime'), band('firing', 5, 10)];
    expect(alertsAt(bands, 3)).toEqual({ text: 'SlowResponseTime pending', state: 'pending' });
    expect(alertsAt(bands, 7)).toEqual({ text: 'HighErrorRate firing', state: 'firing' });
    expect(alertsAt(bands, 11)).toBeUndefined();
  });

  it('counts names beyond two, each once', () => {
    const bands = ['a', 'b', 'b', 'c', 'd'].map((name) => band('firing', 0, 10, name));
    expect(alertsAt(bands, 5)?.text).toBe('a, b and 2 more firing');
  });
});

describe('placeMarks', () => {
  it('gives a label only to marks with 80 free pixels', () => {
    const marks = [10, 50, 400].map((time) => ({ time, kind: 'deploy', text: String(time) }));
    expect(placeMarks(marks, (time) => time, 450).map((mark) => mark.labelled)).toEqual([false, true, false]);
  });
});
