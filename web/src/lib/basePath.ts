/** What the server put before every path: empty, or `/pharos`. Read from the page's base, where the server writes it. */
export function basePath(): string {
  return new URL(document.baseURI).pathname.replace(/\/[^/]*$/, '');
}

/** The nonce by which this page may add style elements; undefined where nothing forbids them. */
export function styleNonce(): string | undefined {
  const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
  return nonce === '' || nonce === '__NONCE__' ? undefined : nonce;
}
