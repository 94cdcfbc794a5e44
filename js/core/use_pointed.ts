// The cell that the pointer is on, set only where it is another one: moving about within a cell draws nothing.
import { useCallback, useState } from "preact/hooks";

export function usePointed<Pointed extends object>(): [Pointed | null, (pointed: Pointed | null) => void] {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const point = useCallback(
    (next: Pointed | null) => setPointed((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next)),
    [],
  );
  return [pointed, point];
}
