import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { isSafeLink } from './safeLink';

const tags = [
  'a', 'b', 'blockquote', 'br', 'center', 'code', 'dd', 'del', 'details', 'div', 'dl', 'dt', 'em', 'font', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img',
  'kbd', 'li', 'ol', 'p', 'pre', 's', 'small', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'u', 'ul',
];
const attributes = ['align', 'alt', 'colspan', 'height', 'href', 'rowspan', 'src', 'start', 'title', 'width'];

/** Texts longer than this are cut: no page of words is longer, and Markdown is not linear. */
export const longestText = 200_000;

const purifier = DOMPurify(window);

purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.nodeName === 'A') {
    if (!isSafeLink(node.getAttribute('href') ?? '')) {
      node.removeAttribute('href');
    }
    node.setAttribute('rel', 'noopener noreferrer');
    node.setAttribute('target', '_blank');
  }
  if (node.nodeName === 'IMG') {
    replaceRemoteImage(node);
  }
});

/** A picture of another host would tell it who looks: it becomes a link with its words. */
function replaceRemoteImage(image: Element): void {
  const source = image.getAttribute('src') ?? '';
  if (/^data:image\/(png|jpeg|gif|webp);base64,/i.test(source)) {
    return;
  }
  const address = isSafeLink(source) && URL.canParse(source, location.href) ? new URL(source, location.href) : undefined;
  if (address?.origin === location.origin && /^https?:$/.test(address.protocol)) {
    return;
  }
  const replacement = image.ownerDocument.createElement(address === undefined ? 'span' : 'a');
  replacement.textContent = image.getAttribute('alt') || 'image';
  if (address !== undefined) {
    replacement.setAttribute('href', source);
    replacement.setAttribute('rel', 'noopener noreferrer');
    replacement.setAttribute('target', '_blank');
  }
  image.replaceWith(replacement);
}

/** HTML of a dashboard as it may stand in the page: known elements, no script, no style, no form, links to http and https alone. */
export function sanitiseHtml(html: string): string {
  return purifier.sanitize(html.slice(0, longestText), {
    ALLOWED_TAGS: tags, ALLOWED_ATTR: attributes, ALLOW_DATA_ATTR: false, ALLOW_ARIA_ATTR: false, ALLOWED_URI_REGEXP: /^(?:https?:|data:image\/|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
  });
}

export function markdownToHtml(text: string): string {
  return sanitiseHtml(marked.parse(text.slice(0, longestText), { async: false, gfm: true, breaks: false }));
}
