/** Links lead to http, https, or somewhere in Pharos; `javascript:` and its like lead nowhere. */
export function isSafeLink(href: string): boolean {
  const text = href.trim();
  if (/^(https?:)?\/\//i.test(text)) {
    return URL.canParse(text, 'http://pharos.invalid/');
  }
  // Everything before a colon would be a scheme; control characters would be taken out by the browser.
  return text !== '' && !/^[^/?#]*:/.test(text) && !Array.from(text).some((character) => character < ' ');
}
