import { useEffect, useState } from 'react';
import type * as analysisModule from './analysis';

export type Analysis = typeof analysisModule;
export type { QueryPlace } from './queryEdits';

let loaded: Analysis | undefined;

/** The analysis of queries once its part of the program is here; until then a page does without. */
export function useAnalysis(): Analysis | undefined {
  const [analysis, setAnalysis] = useState(loaded);
  useEffect(() => {
    let isCurrent = true;
    void import('./analysis').then((module) => {
      loaded = module;
      if (isCurrent) {
        setAnalysis(module);
      }
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return analysis;
}
