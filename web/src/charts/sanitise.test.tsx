import { isSafeLink } from './safeLink';
import { markdownToHtml, sanitiseHtml } from './sanitise';

describe('sanitiseHtml', () => {
  it.each([
    ['<script>alert(1)</script>x', 'x'],
    ['<img src=x onerror=alert(1)>', '<img src="x">'],
    ['<p onclick="alert(1)" style="background:url(//evil)">a</p>', '<p>a</p>'],
    ['<iframe src="https://evil"></iframe>b', 'b'],
    ['<form action="/api"><input name=a></form>c', 'c'],
    ['<svg><style>*{}</style></svg>d', 'd'],
  ])('lets nothing run: %s', (html, expected) => {
    expect(sanitiseHtml(html)).toBe(expected);
  });

  it('follows links to http and https only, in a window of their own', () => {
    expect(sanitiseHtml('<a href="https://example.org/x">a</a>')).toBe('<a href="https://example.org/x" rel="noopener noreferrer" target="_blank">a</a>');
    expect(sanitiseHtml('<a href="javascript:alert(1)">a</a>')).not.toContain('javascript');
    expect(sanitiseHtml('<a href="data:text/html,x">a</a>')).not.toContain('data:');
  });

  it('loads no image of another host, but names it', () => {
    expect(sanitiseHtml('<img alt="logo" src="https://example.org/a.png">')).toBe('<a href="https://example.org/a.png" rel="noopener noreferrer" target="_blank">logo</a>');
    expect(sanitiseHtml('<img alt="dot" src="data:image/png;base64,AAAA">')).toContain('src="data:image/png;base64,AAAA"');
    expect(sanitiseHtml('<img alt="drawn" src="data:image/svg+xml;base64,AAAA">')).not.toContain('<img');
  });
});

describe('markdownToHtml', () => {
  it('draws headings, lists, links and tables', () => {
    const html = markdownToHtml('# Title\n\n- one\n\n[docs](https://example.org)\n\n| a |\n| - |\n| 1 |');
    expect(html).toContain('<h1>Title</h1>');
    expect(html).toContain('<li>one</li>');
    expect(html).toContain('href="https://example.org"');
    expect(html).toContain('<td>1</td>');
  });

  it('passes HTML within it through the same list', () => {
    expect(markdownToHtml('a <b>b</b> <script>alert(1)</script>')).not.toContain('script');
  });
});

describe('isSafeLink', () => {
  it.each([['https://a.b/c', true], ['//a.b', true], ['/d/x', true], ['?a=b:c', true], ['#x', true], ['javascript:x', false], [' java\u0001script:x', false], ['data:x', false], ['', false]])(
    '%s: %s', (href, safe) => {
      expect(isSafeLink(href)).toBe(safe);
    });
});
