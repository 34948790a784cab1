/** Grafana's named colours as tokens, so that both themes stay readable; what is not one of its names stays as it is. */

interface Hue {
  readonly solid: string;
  /** Readable as text on a surface. */
  readonly text: string;
}

const hues: Readonly<Record<string, Hue>> = {
  red: { solid: 'var(--ph-fire-solid)', text: 'var(--ph-fire)' },
  orange: { solid: 'var(--ph-s2)', text: 'var(--ph-s2)' },
  yellow: { solid: 'var(--ph-pend-solid)', text: 'var(--ph-pend)' },
  green: { solid: 'var(--ph-ok-solid)', text: 'var(--ph-ok)' },
  blue: { solid: 'var(--ph-s1)', text: 'var(--ph-s1)' },
  purple: { solid: 'var(--ph-s4)', text: 'var(--ph-s4)' },
};

const shades: Readonly<Record<string, (color: string) => string>> = {
  'dark-': (color) => `color-mix(in srgb, ${color} 74%, black)`,
  'semi-dark-': (color) => `color-mix(in srgb, ${color} 88%, black)`,
  '': (color) => color,
  'light-': (color) => `color-mix(in srgb, ${color} 78%, white)`,
  'super-light-': (color) => `color-mix(in srgb, ${color} 56%, white)`,
};

const neutral: Readonly<Record<string, string>> = {
  text: 'var(--ph-text)', 'text-primary': 'var(--ph-text)', 'text-secondary': 'var(--ph-text-2)', transparent: 'transparent', 'panel-bg': 'var(--ph-surface)',
  white: 'var(--ph-text)', black: 'var(--ph-text)', gray: 'var(--ph-mute-solid)', grey: 'var(--ph-mute-solid)',
};

const named = /^(dark-|semi-dark-|light-|super-light-)?(red|orange|yellow|green|blue|purple)$/;
// Forms that CSS knows and that can hold nothing else: a colour of a file never becomes a style of its own.
const literal = /^(#[0-9a-f]{3,8}|(rgb|rgba|hsl|hsla)\([\d\s.,%/+-]*\)|[a-z]{3,30})$/i;

/** For lines, fills and marks. A text that is no colour becomes the neutral one. */
export function grafanaColor(name: string): string {
  const match = named.exec(name);
  const hue = hues[match?.[2] ?? ''];
  if (hue !== undefined) {
    return (shades[match?.[1] ?? ''] ?? ((color: string) => color))(hue.solid);
  }
  return neutral[name] ?? (literal.test(name) ? name : 'var(--ph-mute-solid)');
}

/** For figures and words: the same hue, with the contrast that text needs. */
export function grafanaTextColor(name: string): string {
  const match = named.exec(name);
  const hue = hues[match?.[2] ?? ''];
  return hue === undefined ? grafanaColor(name) : hue.text;
}
