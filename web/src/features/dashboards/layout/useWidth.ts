import { useEffect, useRef, useState, type RefObject } from 'react';

/** The width of an element in CSS pixels, 0 before it is known; where nothing tells it, that of the window. */
export function useWidth(): { readonly element: RefObject<HTMLDivElement | null>; readonly width: number } {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observed = element.current;
    if (observed === null) {
      return undefined;
    }
    const read = () => { setWidth(observed.clientWidth > 0 ? observed.clientWidth : window.innerWidth); };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(observed);
    return () => { observer.disconnect(); };
  }, []);
  return { element, width };
}
