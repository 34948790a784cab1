import { useSyncExternalStore } from 'react';

/** Colours for a canvas: it knows no variables, so every CSS colour is asked of the document once a theme. */

const schemeAttribute = 'data-mantine-color-scheme';
let resolvedFor = '';
const resolved = new Map<string, string>();

function scheme(): string {
  return document.documentElement.getAttribute(schemeAttribute) ?? 'light';
}

/** The value of a CSS colour (`var(--ph-s1)`, `color-mix(…)`) as a canvas takes it. */
export function resolveColor(color: string): string {
  const current = scheme();
  if (current !== resolvedFor) {
    resolved.clear();
    resolvedFor = current;
  }
  let found = resolved.get(color);
  if (found === undefined) {
    found = probe(color);
    resolved.set(color, found);
  }
  return found;
}

function probe(color: string): string {
  const element = document.createElement('span');
  element.style.color = color;
  element.style.display = 'none';
  document.body.append(element);
  const computed = getComputedStyle(element).color;
  element.remove();
  return computed === '' ? color : computed;
}

/** The colour at `share` (0 – 1) over nothing. */
export function faded(color: string, share: number): string {
  return `color-mix(in srgb, ${color} ${Math.round(share * 1000) / 10}%, transparent)`;
}

/** The colour at `share` (0 – 1) over the surface of a panel, opaque. */
export function onSurface(color: string, share: number): string {
  return `color-mix(in srgb, ${color} ${Math.round(share * 1000) / 10}%, var(--ph-surface))`;
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: [schemeAttribute] });
  return () => {
    observer.disconnect();
  };
}

/** Renders again when the theme changes; the value is the name of the scheme. */
export function useColorScheme(): string {
  return useSyncExternalStore(subscribe, scheme);
}
