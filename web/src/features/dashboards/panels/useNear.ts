import { useEffect, useState, type RefObject } from 'react';

/** Whether an element is in the window or near it; stays true where the browser cannot tell. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    if (element.current === null || typeof IntersectionObserver === 'undefined') {
      return undefined;
    }
    const observer = new IntersectionObserver((entries) => { setNear(entries.some((entry) => entry.isIntersecting)); }, { rootMargin: '400px 0px' });
    observer.observe(element.current);
    return () => { observer.disconnect(); };
  }, [element]);
  return near;
}
