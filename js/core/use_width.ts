// The width of an element as the page lays it out, followed while the view is there.
import { useLayoutEffect, useState } from "preact/hooks";

export function useWidth(element: { readonly current: Element | null }, first = 640): number {
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const wide = Math.floor(entry!.contentRect.width);
      if (wide > 0) setWidth(wide);
    });
    observer.observe(current);
    const now = Math.floor(current.getBoundingClientRect().width);
    if (now > 0) setWidth(now);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
