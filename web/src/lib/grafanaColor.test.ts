import { grafanaColor, grafanaTextColor } from './grafanaColor';

describe('grafanaColor', () => {
  it('maps names to tokens, so that both themes stay readable', () => {
    expect(grafanaColor('green')).toBe('var(--ph-ok-solid)');
    expect(grafanaColor('red')).toBe('var(--ph-fire-solid)');
    expect(grafanaColor('semi-dark-orange')).toBe('color-mix(in srgb, var(--ph-s2) 88%, black)');
    expect(grafanaColor('super-light-blue')).toBe('color-mix(in srgb, var(--ph-s1) 56%, white)');
    expect(grafanaColor('text')).toBe('var(--ph-text)');
  });

  it('keeps what CSS knows as a colour', () => {
    expect(['#1f60c4', 'rgba(245, 54, 54, 0.9)', 'tomato'].map(grafanaColor)).toEqual(['#1f60c4', 'rgba(245, 54, 54, 0.9)', 'tomato']);
  });

  it.each(['url(//evil)', 'red; background: url(x)', 'var(--x)', '', 'expression(alert(1))'])('takes %j for no colour', (name) => {
    expect(grafanaColor(name)).toBe('var(--ph-mute-solid)');
  });
});

describe('grafanaTextColor', () => {
  it('has the contrast that words need, in every shade', () => {
    expect(grafanaTextColor('light-green')).toBe('var(--ph-ok)');
    expect(grafanaTextColor('yellow')).toBe('var(--ph-pend)');
  });
});
