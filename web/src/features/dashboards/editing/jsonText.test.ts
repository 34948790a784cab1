import { changedParts, parseDashboardText } from './jsonText';

describe('parseDashboardText', () => {
  it('takes a dashboard alone or wrapped', () => {
    expect(parseDashboardText('{"title":"a"}')).toEqual({ ok: true, value: { title: 'a' } });
    expect(parseDashboardText('{"dashboard":{"title":"a"},"overwrite":true}')).toEqual({ ok: true, value: { title: 'a' } });
  });

  it('names the line and column of what is wrong', () => {
    expect(parseDashboardText('{\n  "title": x\n}')).toMatchObject({ ok: false, place: { line: 2, column: 12 } });
    expect(parseDashboardText('{\n  "title": "a"')).toMatchObject({ ok: false, place: { line: 2, column: 15 } });
  });

  it('refuses what is no object', () => {
    expect(parseDashboardText('[]')).toMatchObject({ ok: false });
    expect(parseDashboardText('null')).toMatchObject({ ok: false });
  });
});

describe('changedParts', () => {
  it('names what differs, but not the version that the server counts', () => {
    expect(changedParts({ title: 'a', panels: [1], version: 1 }, { title: 'b', panels: [1], tags: [], version: 2 })).toEqual(['tags', 'title']);
  });
});
